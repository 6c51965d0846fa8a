"""Reads the documents of a comparison: audits with their readings, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from trustaudit import parsing, pipeline, ruleset
from trustaudit.audit import Audit, Tool, Unreadable
from trustaudit.document import Document
from trustaudit.errors import UnreadableError
from trustaudit.journey.compare_documents import Read
from trustaudit.journey.compare_sources import Source
from trustaudit.pipeline import Asked

Arguments = Mapping[str, Any]
_ALL: Arguments = {
    "company": (), "customer": (), "kind": "auto", "audience": "auto", "rules": (), "select": (),
    "ignore": (), "severity": (),
}  # fmt: skip


class Reader:
    """``strict``: what cannot be read ends the comparison; else it is noted, and the others go on."""

    def __init__(
        self, given: Arguments, asked: Callable[[Path], Arguments] | None,
        change: Callable[[Audit, Path], Audit] | None, *, strict: bool,
    ) -> None:  # fmt: skip
        self.unreadable: list[Unreadable] = []
        self.unread: list[str] = []
        self.tool: Tool | None = None
        self._last: tuple[tuple[str, str, Asked], Audit] | None = None  # the same bytes are not audited twice
        self._given, self._asked, self._change, self._strict = given, asked, change, strict
        pipeline.check_rules(self._wanted(Path()))

    def text(self, source: Source) -> str:
        """The text of a document, to tell a renamed one by; empty where it cannot be read."""
        try:
            return self._document(source).text
        except UnreadableError:
            return ""

    def read(self, source: Source) -> Read | None:
        """A document audited and read; None, and noted, where that cannot be."""
        made = pipeline.guarded(Path(source.name), lambda: self._read(source))
        if isinstance(made, Unreadable):
            if self._strict:
                raise UnreadableError(f"{made.path}: {made.reason}")
            self.unreadable.append(made)
            return None
        self.tool = made.audit.tool
        self.unread += [f"{source.name}: {each.where}: {each.reason}" for each in made.audit.document.unread]
        return made

    def _read(self, source: Source) -> Read:
        asked = self._wanted(source.place)
        audit = source.audit or self._audit(source, asked)
        audit = replace(audit, document=replace(audit.document, name=source.name))
        # a journey's manifest, or who made the audit, may have known more than the arguments say
        known = (
            asked
            if source.audit is None
            else replace(
                asked,
                company=asked.company or audit.parties.company,
                customer=asked.customer or audit.parties.customer,
            )
        )
        known = replace(known, kind=audit.kind.value, audience=audit.audience.value)
        reading, _ = pipeline.understand(audit.document, known, ruleset.load_rules(asked.rules))
        return Read(audit, reading)

    def _audit(self, source: Source, asked: Asked) -> Audit:
        document = self._document(source)
        key = (document.sha256, document.media_type, asked)
        same = self._last is not None and self._last[0] == key
        audit = self._last[1] if self._last and same else pipeline.audit_document(document, asked)
        self._last = key, audit
        if self._change is None or source.path is None:
            return audit
        on_disk = replace(audit, document=replace(document, name=str(source.path)))
        return replace(self._change(on_disk, source.path), document=document)

    def _document(self, source: Source) -> Document:
        if source.audit is not None:
            return source.audit.document
        assert source.path is not None
        try:
            data = source.path.read_bytes()
        except OSError as error:
            raise UnreadableError(error.strerror or str(error)) from error
        return replace(parsing.parse(data, source.path.name), name=source.name)

    def _wanted(self, place: Path) -> Asked:
        given = self._asked(place) if self._asked else self._given
        return pipeline.asked(**{**_ALL, **given})
