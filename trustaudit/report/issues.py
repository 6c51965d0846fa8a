"""One model for every machine that lists problems: a problem has a file, a line and a name for life."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath, PureWindowsPath
from urllib.parse import quote

from trustaudit.audit import Audit, Effect, Finding
from trustaudit.report import ranking
from trustaudit.report.escaping import one_line, shortened
from trustaudit.report.places import Places


@dataclass(frozen=True, slots=True)
class Issue:
    """A withdrawal or a note of one document; what counts with a worse one is no issue of its own.

    Line and column count from 1. A file without lines (PDF, DOCX) has line 1 and no column: its place
    is then in the message.
    """

    audit: Audit
    finding: Finding
    path: str
    line: int
    column: int | None
    end_line: int
    end_column: int | None
    place: str  # in words
    fingerprint: str  # one of its own within the report


def issues(audits: Sequence[Audit]) -> tuple[Issue, ...]:
    """Document by document, in the order of its text."""
    seen: dict[str, int] = {}
    return tuple(issue for audit in audits for issue in _of(audit, seen))


def worst_first(found: Sequence[Issue]) -> list[Issue]:
    """By severity, then certainty, then as they were."""
    places: dict[int, int] = {}
    for audit in {id(issue.audit): issue.audit for issue in found}.values():
        for place, index in enumerate(ranking.worst_first(audit)):
            places[id(audit.findings[index])] = place
    return sorted(found, key=lambda issue: (-issue.finding.severity.rank, places[id(issue.finding)]))


def _of(audit: Audit, seen: dict[str, int]) -> Iterator[Issue]:
    places = Places(audit.document)
    standing = (audit.findings[index] for index in audit.counting)
    chosen = [found for found in standing if found.effect is not Effect.DEPOSIT]
    for found in sorted(chosen, key=lambda each: (each.start, each.end, each.rule)):
        place = found.place
        line = place.line or 1
        yield Issue(
            audit,
            found,
            audit.document.name,
            line,
            place.column if place.line else None,
            max(place.end_line or line, line),
            place.end_column if place.line else None,
            places.of(found),
            _unique(audit, found, seen),
        )


def _unique(audit: Audit, found: Finding, seen: dict[str, int]) -> str:
    """The finding's fingerprint with its file; the second of the same gets an ordinal."""
    name = found.fingerprint or one_line(found.quote).casefold()
    key = f"{audit.document.name}\0{found.rule}\0{name}"
    seen[key] = seen.get(key, 0) + 1
    return sha256(f"{key}\0{seen[key]}".encode("utf-8", "replace")).hexdigest()


def message(issue: Issue) -> str:
    """One line: what, where if the line does not say it, the words, why, and what to do."""
    found = issue.finding
    where = f" ({issue.place})" if found.place.line is None else ""
    check = "Please check: " if found.confidence.value == "low" else ""
    said = f": “{shortened(found.quote, 300)}”" if found.quote else ""
    rest = " ".join(one_line(part) for part in (found.message, found.why, found.advice) if part)
    return f"{check}{one_line(found.title)}{where}{said}. {rest}".strip()


def uri(path: str) -> str:
    """A relative URI for a relative path, ``file:`` for an absolute one; percent-encoded either way."""
    if not path:
        return "stdin"
    pure: PurePath = PureWindowsPath(path) if "\\" in path else PurePath(path)
    encoded = quote(pure.as_posix().encode("utf-8", "replace"), safe="/" if not pure.drive else "/:")
    if pure.is_absolute():
        return f"file://{'' if encoded.startswith('/') else '/'}{encoded}"
    return encoded
