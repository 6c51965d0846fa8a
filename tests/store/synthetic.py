"""Very many documents without files: a few small contracts audited once, and rows of them with other numbers."""

from __future__ import annotations

import random
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from trustaudit.batch.limits import Limits
from trustaudit.batch.store_rows import FileRow, Stamp, audit_row, text_row
from trustaudit.batch.store_session import Session, _Absorb, session
from trustaudit.batch.store_work import Task
from trustaudit.batch.store_write import Writer
from trustaudit.batch.supervisor import run

CLAUSES = (
    "We may, at any time and without notice, modify these terms of the agreement.",
    "We may modify these terms of the agreement with thirty days' notice, and you may leave at no cost before.",
    "All fees that were paid in advance are non-refundable under any circumstances whatsoever.",
    "You shall indemnify and hold us harmless from any and all claims that arise from the services.",
    "Either party may end this agreement with thirty days' written notice to the other party.",
    "We are not liable for any loss or damage of any kind that arises from the use of the services.",
    "We shall pay back the fees for services that were not performed within fourteen days of the notice.",
    "The courts at our seat have exclusive jurisdiction over all disputes under this agreement.",
)
WANTED: dict[str, Any] = {
    "company": (), "customer": (), "kind": "auto", "audience": "auto", "rules": (), "select": (), "ignore": (), "severity": (),
}  # fmt: skip


@dataclass
class Synthetic:
    """Work that answers at once. Every tenth document is a message, every hundredth cannot be read."""

    _bases: list[tuple[Any, Any]] = field(default_factory=list)

    def prepare(self, *, fully: bool) -> None:
        from trustaudit.parsing import parse
        from trustaudit.pipeline import asked, audit_document

        chance = random.Random(5)
        for number in range(24):
            chosen = chance.sample(CLAUSES, 5)
            text = (
                f"# Agreement {number}\n\nThis agreement is between Acme Ltd and the customer.\n\n"
                + "\n\n".join(chosen)
            )
            document = parse(text.encode(), "base.md")
            audit = audit_document(document, asked(**WANTED))
            self._bases.append((text_row(document), audit_row(audit, "", comments=False)))

    def do(self, task: Task) -> FileRow:
        number = int(task.path.rpartition("/")[2].partition(".")[0])
        chance = random.Random(number)
        stamp = Stamp(1_000 + number, 1_000, settled=True)
        digest = sha256(task.path.encode()).hexdigest()
        if number % 100 == 99:
            return FileRow(sha256=digest, stamp=stamp, problem="damaged", lasting=True)
        text, audit = self._bases[number % len(self._bases)]
        (
            kind,
            audience,
            language,
            *_,
        ) = audit.columns
        score = round(min(max(chance.gauss(62, 18), 0), 100), 2)
        grade = "FEDCBA"[min(int(score // 16.7), 5)]
        columns = (
            "message" if number % 10 == 0 else kind, audience, language, score, grade, "made up", *audit.columns[6:],
        )  # fmt: skip
        return FileRow(
            sha256=digest, called="md", stamp=stamp, text=text, audit=replace(audit, columns=columns)
        )


def fill(store: Path, count: int, jobs: int = 2) -> Iterator[int]:
    """Put so many documents into a store, as a run does; after each, the parent's memory so far, in bytes."""
    with session(store) as held:
        number = held.request(WANTED)
        with Writer(held.store, store, held.reader) as writer:
            tasks = (Task(f"/share/legal/contracts/{at % 997:03}/{at:07}.md", number) for at in range(count))
            for _ in run(tasks, Synthetic(), jobs, Limits(), _absorbing(held, writer)):
                yield most_memory()


def most_memory() -> int:
    """Bytes of this process at most; since its start, where the system tells that apart from its parent's."""
    status = Path("/proc/self/status")
    for line in status.read_text().splitlines() if status.exists() else ():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _absorbing(held: Session, writer: Writer) -> _Absorb:
    return _Absorb(held, writer)


def main() -> None:
    """``PYTHONPATH=tests/store python -c "import synthetic; synthetic.main()" FILE COUNT``: memory on the way."""
    for at, memory in enumerate(fill(Path(sys.argv[1]), int(sys.argv[2])), 1):
        if at % 10_000 == 0:
            print(f"{at:,} documents, parent at most {memory / 1e6:.0f} MB", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
