"""Write the samples that cannot be written by hand: ``python -m examples.make``. The same bytes each time."""

from __future__ import annotations

from pathlib import Path

from examples.contract_pdf import contract
from examples.term_sheet_docx import term_sheet

HERE = Path(__file__).parent
MADE = {"services-agreement.pdf": contract, "prototype-term-sheet.docx": term_sheet}


def main() -> None:
    for name, make in MADE.items():
        (HERE / name).write_bytes(make())
        print(f"examples/{name}")


if __name__ == "__main__":
    main()
