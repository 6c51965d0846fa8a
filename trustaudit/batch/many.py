"""Many files audited, one result after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from trustaudit.audit import Audit, Unreadable
from trustaudit.batch.supervisor import Limits, supervise
from trustaudit.pipeline import asked, attempt, rules_of


def scan_many(
    paths: Iterable[str | Path],
    *,
    jobs: int = 1,
    company: Sequence[str] = (),
    customer: Sequence[str] = (),
    kind: str = "auto",
    audience: str = "auto",
    rules: Sequence[str | Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Sequence[tuple[str, str, str]] = (),
    isolated: bool = False,
    limits: Limits = Limits(),
    ordered: bool = True,
) -> Iterator[Audit | Unreadable]:
    """Audit many files, in order, never raising for one bad file.

    With ``jobs`` over 1, or ``isolated``, each file is read in a worker process under ``limits``: a file that
    hangs, needs too much memory or ends its process is ``Unreadable``, and the others go on; without
    ``ordered`` each result comes as soon as it is there. Otherwise the files are read here, one after the
    other. The other arguments are those of ``scan``; wrong ones raise before the first file is read.
    """
    wanted = asked(company, customer, kind, audience, rules, select, ignore, severity)
    loaded = rules_of(wanted)
    if jobs > 1 or isolated:
        yield from supervise(map(str, paths), wanted, max(jobs, 1), limits, ordered=ordered)
        return
    for path in paths:
        yield attempt(Path(path), wanted, loaded)
