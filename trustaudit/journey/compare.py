"""``trustaudit.compare(old, new)``: is trust going up or down, clause by clause?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from trustaudit.audit import Audit, Tool
from trustaudit.comparison import Alone, Comparison, DocumentChange, Pairing
from trustaudit.errors import UsageError
from trustaudit.journey.compare_documents import compare_documents, version
from trustaudit.journey.compare_gate import worse
from trustaudit.journey.compare_metrics import journey_changes
from trustaudit.journey.compare_pairing import Paired, pair
from trustaudit.journey.compare_reading import Reader
from trustaudit.journey.compare_sources import Named, Opener, Sources, Walk
from trustaudit.journey_audit import JourneyAudit


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for every document, and what the command line knows beside.

    ``given`` are arguments of ``scan``; ``asked`` gives those of one path instead. ``change`` is what is to
    happen to an audit once it is made, such as suppressing findings; ``walk`` and ``excluded`` say what
    belongs to a folder, of the working tree and of a revision; ``watch`` is told how many are done.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    asked: Callable[[Path], Mapping[str, Any]] | None = None
    change: Callable[[Audit, Path], Audit] | None = None
    walk: Walk | None = None
    excluded: Callable[[Path], bool] | None = None
    watch: Callable[[int, int], None] | None = None
    jobs: int = 1


def compare(
    old: Named,
    new: Named,
    *,
    company: Sequence[str] = (),
    customer: Sequence[str] = (),
    kind: str = "auto",
    audience: str = "auto",
    rules: Sequence[str | Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Sequence[tuple[str, str, str]] = (),
) -> Comparison:
    """What changed from ``old`` to ``new``: files, folders, manifests of a journey, ``REV:path``, or audits.

    The other arguments are those of ``scan``. Files of folders are paired by name, then by content. Raises
    ``UsageError`` where a side is not there, ``UnreadableError`` where one document was named on each side
    and one of them cannot be read; among many, such a file is in ``unreadable`` and the others are compared.
    """
    given = {
        "company": company, "customer": customer, "kind": kind, "audience": audience, "rules": rules,
        "select": select, "ignore": ignore, "severity": severity,
    }  # fmt: skip
    return run(old, new, Options(given))


def run(old: Named, new: Named, options: Options) -> Comparison:
    """The same, with what the command line knows beside."""

    def audit_journey(manifest: Path) -> JourneyAudit:
        from trustaudit.journey.reading import Options as Scan
        from trustaudit.journey.run import run as audited

        given = {name: value for name, value in options.given.items() if name != "kind"}
        return audited(manifest, Scan(jobs=options.jobs, given=given, change=options.change))

    with Opener(audit_journey, options.walk, options.excluded) as opener:
        return _compare(opener.open(old), opener.open(new), options)


def _compare(old: Sources, new: Sources, options: Options) -> Comparison:
    reader = Reader(options.given, options.asked, options.change, strict=old.single and new.single)
    documents: list[DocumentChange] = []
    alone: tuple[list[Alone], list[Alone]] = ([], [])
    rows = _rows(old, new, reader)
    for at, row in enumerate(rows):
        if options.watch:
            options.watch(at, len(rows))
        ours = None if row.old is None else reader.read(old.files[row.old])
        theirs = None if row.new is None else reader.read(new.files[row.new])
        if ours is not None and theirs is not None:
            documents.append(compare_documents(ours, theirs, row.pairing or Pairing("given")))
        elif row.old is None and theirs is not None:
            alone[1].append(_alone(theirs.audit))
        elif row.new is None and ours is not None:
            alone[0].append(_alone(ours.audit))
    return _result(old, new, reader, documents, alone)


def _result(
    old: Sources, new: Sources, reader: Reader, documents: Sequence[DocumentChange],
    alone: tuple[Sequence[Alone], Sequence[Alone]],
) -> Comparison:  # fmt: skip
    account = journey_changes(old.journey, new.journey) if old.journey and new.journey else ()
    found = Comparison(
        old=old.name,
        new=new.name,
        documents=tuple(documents),
        added=tuple(alone[1]),
        removed=tuple(alone[0]),
        unreadable=(*old.unreadable, *new.unreadable, *reader.unreadable),
        unread=tuple(dict.fromkeys(reader.unread)),
        account=account,
        tool=reader.tool or Tool("trustaudit", "", ""),
    )
    return replace(found, worse=tuple(worse(found)))


def _rows(old: Sources, new: Sources, reader: Reader) -> list[Paired]:
    """Which document goes with which; one named on each side are a pair whatever they are called."""
    if old.single and new.single:
        return [Paired(0, 0, Pairing("given"))]
    if old.single is not new.single:
        one, many = (old, new) if old.single else (new, old)
        raise UsageError(
            f"{one.name} is one document and {many.name} holds many: name two files, or two folders"
        )
    ours, theirs = [each.key for each in old.files], [each.key for each in new.files]
    rows = pair(ours, theirs)
    lonely = (
        [row.old for row in rows if row.new is None and row.old is not None],
        [row.new for row in rows if row.old is None and row.new is not None],
    )
    if not all(lonely):
        return rows
    texts = (
        {at: reader.text(old.files[at]) for at in lonely[0]},
        {at: reader.text(new.files[at]) for at in lonely[1]},
    )
    return pair(ours, theirs, texts)


def _alone(audit: Audit) -> Alone:
    return Alone(version(audit), audit.score, audit.standing)
