"""Write the samples that cannot be written by hand: ``python -m examples.make``. The same bytes each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from examples.contract_pdf import Paper, contract
from examples.term_sheet_docx import Sheet, term_sheet

HERE = Path(__file__).parent
AGREEMENT = Paper(
    "journey-master-agreement.txt",
    "Master Supply and Service Agreement",
    "Northmoor Drives Ltd",
    "No. MSA-704",
)
LOAN = Sheet(
    "journey-term-sheet.txt", "Prototype Loan", "Northmoor Drives Ltd", "Prototypes", "Form ND-31, revision 4"
)
MADE: Mapping[str, Callable[[], bytes]] = {
    "services-agreement.pdf": contract,
    "prototype-term-sheet.docx": term_sheet,
    "journey/contract/master-agreement.pdf": partial(contract, AGREEMENT),
    "journey/sample/prototype-term-sheet.docx": partial(term_sheet, LOAN),
}


def main() -> None:
    for name, make in MADE.items():
        (HERE / name).write_bytes(make())
        print(f"examples/{name}")


if __name__ == "__main__":
    main()
