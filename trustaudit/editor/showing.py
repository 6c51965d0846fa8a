"""Findings as an editor shows them: underlined, and explained where the pointer rests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lsprotocol import types

from trustaudit.audit import Confidence, Finding, Severity
from trustaudit.document import Span
from trustaudit.editor.checking import Checked
from trustaudit.editor.positions import Positions
from trustaudit.parsing.encoding import decode
from trustaudit.report.escaping import markdown, one_line
from trustaudit.report.finding_view import safe_url
from trustaudit.report.issues import Issue

SOURCE = "trustaudit"
SEVERITIES = {  # what fails a build is an error here too
    Severity.CRITICAL: types.DiagnosticSeverity.Error,
    Severity.MAJOR: types.DiagnosticSeverity.Error,
    Severity.MINOR: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


@dataclass(frozen=True)
class Shown:
    """An audited text with its places as the editor counts them."""

    checked: Checked
    positions: Positions

    @classmethod
    def of(cls, checked: Checked, encoding: str = "utf-16") -> Shown:
        return cls(checked, Positions.of(checked.text, encoding))

    def source(self, span: Span) -> Span | None:
        """Where characters of the document stand in the text; None where the format does not tell."""
        audit = self.checked.audit
        if audit is None or audit.document.source_map is None or span.end <= span.start:
            return None
        to = audit.document.source_map.source
        return Span(self.character(to(span.start)), self.character(to(span.end - 1) + 1))

    def character(self, offset: int) -> int:
        """The character of the text at an offset of the source, which an e-mail counts in bytes."""
        if not self.checked.data:
            return offset + self.checked.shift
        return len(self.checked.data[:offset].decode(self._encoding, "replace"))

    @cached_property
    def _encoding(self) -> str:
        return decode(self.checked.data).encoding

    def range(self, span: Span) -> types.Range:
        """A span of the document; of the document as a whole, its first line."""
        place = self.source(span)
        if place is None:
            return self.line(1)
        return self.between(place)

    def between(self, place: Span) -> types.Range:
        """Characters of the text."""
        start, end = (types.Position(*self.positions.at(offset)) for offset in place)
        return types.Range(start, end)

    def line(self, number: int) -> types.Range:
        """A whole line, counted from 1."""
        at = min(max(number, 1), len(self.positions.starts)) - 1
        end = self.positions.at(self.positions.line_end(at))
        return types.Range(types.Position(at, 0), types.Position(*end))

    def issues_in(self, wanted: types.Range) -> Iterator[tuple[Issue, types.Range]]:
        """The findings that share a place with a range, in the order of the text."""
        for issue in self.checked.issues:
            own = self.range(issue.finding.span)
            if own.start <= wanted.end and wanted.start <= own.end:
                yield issue, own


def diagnostics(shown: Shown, uri: str) -> list[types.Diagnostic]:
    """All that is to be underlined: findings, and suppressions that have no effect."""
    found = [_diagnostic(shown, issue.finding, uri) for issue in shown.checked.issues]
    notes = [
        types.Diagnostic(
            range=shown.line(note.line),
            message=note.message,
            severity=types.DiagnosticSeverity.Information,
            source=SOURCE,
        )
        for note in shown.checked.notes
    ]
    return [*found, *notes]


def _diagnostic(shown: Shown, found: Finding, uri: str) -> types.Diagnostic:
    link = next((safe_url(each.url) for each in found.references if safe_url(each.url)), "")
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(uri, shown.range(Span(each.start, each.end))), one_line(each.message)
        )
        for each in found.related
        if each.end > each.start
    ]
    return types.Diagnostic(
        range=shown.range(found.span),
        message=_message(found),
        severity=SEVERITIES[found.severity],
        code=found.rule,
        code_description=types.CodeDescription(link) if link else None,
        source=SOURCE,
        related_information=related or None,
        data=found.fingerprint,
    )


def _message(found: Finding) -> str:
    check = "Please check: " if found.confidence is Confidence.LOW else ""
    return " ".join(one_line(part) for part in (f"{check}{found.title}.", found.message, found.why) if part)


def hover(shown: Shown, at: types.Position) -> types.Hover | None:
    """Why, advice and fairer wording of every finding at a place; None where there is none."""
    here = list(shown.issues_in(types.Range(at, at)))
    if not here:
        return None
    text = "\n\n---\n\n".join("\n\n".join(_explained(issue.finding)) for issue, _ in here)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), here[0][1])


def _explained(found: Finding) -> Iterator[str]:
    yield f"**{markdown(found.title)}** ({found.severity.value}, confidence {found.confidence.value})"
    if found.raised:
        yield f"*{markdown(found.raised)}*"
    yield from (markdown(part) for part in (found.message, found.why) if part)
    if found.advice:
        yield f"*What to do:* {markdown(found.advice)}"
    if found.rewrite:
        yield f"*Better:*\n\n> {markdown(found.rewrite)}"
    sources = [_source(each.name, safe_url(each.url)) for each in found.references]
    if sources:
        yield f"*Sources:* {'; '.join(sources)}"
    yield f"`{found.rule}`"


def _source(name: str, url: str) -> str:
    return f"[{markdown(name)}]({url})" if url else markdown(name)
