"""``python -m benchmarks.quality``: one table of figures."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.quality import clauses, cuad, documents, messages, returns, terms_of_service
from benchmarks.quality.rows import Row

TASKS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "train": terms_of_service.train,
    "validation": terms_of_service.validation,
    "natural": terms_of_service.natural,
    "cuad": cuad.contracts,
    "acord": clauses.acord,
    "paraphrases": clauses.paraphrases,
    "contracts": documents.labelled,
    "balanced": documents.balanced,
    "reciprocity": returns.reciprocity,
    "missing": returns.missing,
    "returns": returns.alarms,
    "messages": messages.templates,
    "written": messages.written,
}
_ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("tasks", nargs="*", help=f"of {', '.join(TASKS)}; all by default")
    parser.add_argument(
        "--data", type=Path, default=os.environ.get("TRUSTAUDIT_DATA", _ROOT.parent / "shared" / "data")
    )
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N wrong cases of each figure")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into this file")
    options = parser.parse_args()
    rows = [row for name in options.tasks or TASKS for row in TASKS[name](Path(options.data))]
    for row in rows:
        print(f"{row.task:22} {row.measure:70} {row.value:7.3f}  n={row.count}")
        for case in row.cases[: options.show]:
            print("     ", case.replace("\n", " "))
    if options.write:
        options.write.write_text(table(rows), encoding="utf-8")


def table(rows: list[Row]) -> str:
    """The figures as a Markdown table."""
    lines = ["| task | measure | value | cases |", "|---|---|--:|--:|"]
    lines += [f"| {row.task} | {row.measure} | {row.value:.3f} | {row.count} |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
