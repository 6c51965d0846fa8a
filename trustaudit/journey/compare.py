"""``trustaudit.compare(old, new)``: is trust going up or down, clause by clause?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from trustaudit import parsing, pipeline, ruleset
from trustaudit.audit import Audit, Tool, Unreadable
from trustaudit.comparison import Alone, Comparison, DocumentChange, Pairing
from trustaudit.document import Document
from trustaudit.errors import UnreadableError, UsageError
from trustaudit.journey.compare_documents import Read, compare_documents, version
from trustaudit.journey.compare_pairing import Paired, pair
from trustaudit.journey.compare_sources import Opener, Source, Sources
from trustaudit.pipeline import Asked

Progress = Callable[[str], None]


def compare(
    old: str | Path | Audit,
    new: str | Path | Audit,
    *,
    company: Sequence[str] = (),
    customer: Sequence[str] = (),
    kind: str = "auto",
    audience: str = "auto",
    rules: Sequence[str | Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Sequence[tuple[str, str, str]] = (),
    progress: Progress | None = None,
) -> Comparison:
    """What changed from ``old`` to ``new``: files, folders, manifests of a journey, ``REV:path``, or audits.

    The other arguments are those of ``scan``. Files of folders are paired by name, then by content. Raises
    ``UsageError`` where a side is not there, ``UnreadableError`` where one document was named on each side
    and one of them cannot be read; among many, such a file is in ``unreadable`` and the others are compared.
    """
    asked = pipeline.asked(company, customer, kind, audience, rules, select, ignore, severity)
    with Opener() as opener:
        return _compare(opener.open(old), opener.open(new), asked, progress or (lambda _: None))


def _compare(old: Sources, new: Sources, asked: Asked, progress: Progress) -> Comparison:
    run = _Run(asked)
    single = old.single and new.single
    documents: list[DocumentChange] = []
    alone: tuple[list[Alone], list[Alone]] = ([], [])
    for row in _rows(old, new, run):
        names = [side.files[at].name for side, at in ((old, row.old), (new, row.new)) if at is not None]
        progress(names[-1])
        ours = None if row.old is None else run.read(old.files[row.old], strict=single)
        theirs = None if row.new is None else run.read(new.files[row.new], strict=single)
        if ours is not None and theirs is not None:
            documents.append(run.compared(ours, theirs, row.pairing or Pairing("given")))
        elif row.old is None and theirs is not None:
            alone[1].append(_alone(theirs.audit))
        elif row.new is None and ours is not None:
            alone[0].append(_alone(ours.audit))
    return Comparison(
        old=old.name,
        new=new.name,
        documents=tuple(documents),
        added=tuple(alone[1]),
        removed=tuple(alone[0]),
        unreadable=tuple(run.unreadable),
        unread=tuple(dict.fromkeys(run.unread)),
        notes=(*old.notes, *new.notes),
        tool=run.tool,
    )


def _rows(old: Sources, new: Sources, run: _Run) -> list[Paired]:
    """Which document goes with which; one named on each side are a pair whatever they are called."""
    if old.single and new.single:
        return [Paired(0, 0, Pairing("given"))]
    if old.single is not new.single:
        one, many = (old, new) if old.single else (new, old)
        raise UsageError(
            f"{one.name} is one document and {many.name} holds many: name two files or two folders"
        )
    ours, theirs = [each.key for each in old.files], [each.key for each in new.files]
    rows = pair(ours, theirs)
    lonely = (
        {row.old for row in rows if row.new is None and row.old is not None},
        {row.new for row in rows if row.old is None and row.new is not None},
    )
    if not all(lonely):
        return rows
    texts = tuple(
        {at: run.text(side.files[at]) for at in sorted(them)}
        for side, them in zip((old, new), lonely, strict=True)
    )
    return pair(ours, theirs, (texts[0], texts[1]))


def _alone(audit: Audit) -> Alone:
    return Alone(version(audit), audit.score, audit.standing)


class _Run:
    """Reads documents, and keeps what could not be read."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.unreadable: list[Unreadable] = []
        self.unread: list[str] = []
        self.tool = Tool("trustaudit", "", "")
        self._rules = ruleset.load_rules(asked.rules)

    def text(self, source: Source) -> str:
        """The text of a document, to tell a renamed one by; empty where it cannot be read."""
        try:
            return self._document(source).text
        except UnreadableError:
            return ""

    def read(self, source: Source, *, strict: bool, asked: Asked | None = None) -> Read | None:
        """A document audited; None, and noted, where it cannot be read. ``strict``: raise instead."""
        wanted = asked or self._asked(source)
        made = pipeline.guarded(Path(source.name), lambda: self._read(source, wanted))
        if isinstance(made, Unreadable):
            if strict:
                raise UnreadableError(f"{made.path}: {made.reason}")
            self.unreadable.append(made)
            return None
        self.tool = made.audit.tool
        self.unread += [f"{source.name}: {each.where}: {each.reason}" for each in made.audit.document.unread]
        return made

    def _read(self, source: Source, asked: Asked) -> Read:
        document = self._document(source)
        audit = source.audit or pipeline.audit_document(document, asked)
        known = replace(asked, kind=audit.kind.value, audience=audit.audience.value)
        reading, _ = pipeline.understand(document, known, self._rules)
        return Read(audit, reading)

    def _document(self, source: Source) -> Document:
        if source.audit is not None:
            return source.audit.document
        try:
            data = source.data if source.path is None else source.path.read_bytes()
        except OSError as error:
            raise UnreadableError(error.strerror or str(error)) from error
        return replace(parsing.parse(data or b"", source.key), name=source.name)

    def _asked(self, source: Source) -> Asked:
        own = self.asked
        return replace(
            own,
            company=own.company or source.company,
            customer=own.customer or source.customer,
            kind=source.kind if own.kind == "auto" else own.kind,
            audience=source.audience if own.audience == "auto" else own.audience,
        )

    def compared(self, old: Read, new: Read, pairing: Pairing) -> DocumentChange:
        notes = []
        if old.audit.kind is not new.audit.kind:
            notes.append(
                f"the old version reads as a {old.audit.kind.value}, the new as a {new.audit.kind.value}: "
                "their scores follow different rules; --kind holds both to one"
            )
        if old.audit.audience is not new.audit.audience:
            notes.append(
                f"the old version is for a {old.audit.audience.value} customer, the new one for a "
                f"{new.audit.audience.value} customer: severities differ; --audience holds both to one"
            )
        return compare_documents(old, new, pairing, notes)
