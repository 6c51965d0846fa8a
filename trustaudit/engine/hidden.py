"""Kind ``hidden``: words that are in the file and that nobody who looks at the page can see.

What is hidden by convention is no deceit: the preview line of an e-mail, the code of a template, a few words
for screen readers, a section that opens at a click, a second version for narrow screens. Those are found only
where a burden stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustaudit.audit import Confidence, Severity
from trustaudit.document import BlockKind, Document, Hidden, Run, Span
from trustaudit.engine.found import Hit
from trustaudit.metrics.typography import run_contrast
from trustaudit.ruleset.rule import HiddenText

FAINT = 1.5
"""WCAG contrast under which nobody sees text."""

_LABEL = 12
"""Words up to which text that a web page clips away is taken for a label that is read aloud."""

_WORD = re.compile(r"\w[\w'’.-]*")
_MARKUP = frozenset({"text/html", "message/rfc822"})
_CLIPPED = frozenset({Hidden.COVERED, Hidden.OFF_PAGE})
"""How web pages hide what screen readers are to read aloud."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbouring runs that are hidden for the same reason."""

    span: Span
    reason: Hidden
    contrast: float | None
    size: float | None


def hidden_hits(find: HiddenText, document: Document, burdens: Sequence[Span]) -> list[Hit]:
    """A hit for each stretch of hidden words; critical where one of the ``burdens`` stands in it."""
    groups = (group for group in _groups(document) if group.reason.value not in find.but)
    return [hit for group in groups if (hit := _hit(document, group, burdens)) is not None]


def shows_nothing_hidden(document: Document) -> list[str]:
    """Why nothing can be said about a document without any typography."""
    known = any(run.size is not None or run.hidden is not None for run in document.runs)
    return [] if known else ["the format does not say how its words are shown"]


def _hit(document: Document, group: _Group, burdens: Sequence[Span]) -> Hit | None:
    inside = tuple(span for span in burdens if _mostly_in(span, group.span))
    by_convention = _by_convention(document, group)
    if by_convention and not inside:
        return None
    message = f"{_amount(document, group.span)} {_reason(group)}"
    severity = None
    if inside:
        severity = Severity.MAJOR if group.reason is Hidden.COLLAPSED else Severity.CRITICAL
        message += "; what it says is to the customer's burden"
    confidence = Confidence.MEDIUM if _may_be_shown(document, group) else None
    related = tuple((span, "the burden that is hidden") for span in inside[:5])
    return Hit(group.span, message, related, confidence, severity, settled=True)


def _groups(document: Document) -> Iterator[_Group]:
    """Hidden runs joined where only white space stands between them; what holds no word is left out."""
    open_: _Group | None = None
    for run in document.runs:
        reason = _why(run)
        if not document.text[run.start : run.end].strip():
            continue
        span = Span(run.start, run.end)
        if open_ is not None and reason is open_.reason and _adjoin(document, open_.span, span):
            contrast = min((c for c in (open_.contrast, run_contrast(run)) if c is not None), default=None)
            open_ = _Group(Span(open_.span.start, run.end), reason, contrast, open_.size)
            continue
        if open_ is not None:
            yield from _trimmed(document, open_)
        open_ = None if reason is None else _Group(span, reason, run_contrast(run), run.size)
    if open_ is not None:
        yield from _trimmed(document, open_)


def _why(run: Run) -> Hidden | None:
    if run.hidden is not None:
        return run.hidden
    contrast = run_contrast(run)
    return Hidden.FAINT if contrast is not None and contrast < FAINT else None


def _adjoin(document: Document, one: Span, other: Span) -> bool:
    return not document.text[one.end : other.start].strip()


def _trimmed(document: Document, group: _Group) -> Iterator[_Group]:
    """The group from its first to its last character that is none of white space, if it says anything."""
    text = document.quote(group.span)
    if sum(map(str.isalnum, text)) < 2:
        return
    start = group.span.start + len(text) - len(text.lstrip())
    yield _Group(Span(start, start + len(text.strip())), group.reason, group.contrast, group.size)


def _by_convention(document: Document, group: _Group) -> bool:
    block = document.block_at(group.span.start)
    if block is not None and block.kind is BlockKind.PREHEADER:
        return True
    if group.reason is Hidden.COLLAPSED or _is_code(document, group.span):
        return True
    if document.media_type not in _MARKUP:
        return False
    if group.reason is Hidden.STYLE:
        return _is_second_version(document, group.span)
    return group.reason in _CLIPPED and len(_WORD.findall(document.quote(group.span))) <= _LABEL


def _is_second_version(document: Document, span: Span) -> bool:
    """Do the same words stand in sight too? Pages hold one version for narrow screens, one for wide ones.

    Half of the rows of three words must be there: a single word is somewhere in any long document.
    """
    hidden = _rows(document.quote(span))
    seen: set[tuple[str, ...]] = set()
    for run in document.runs:
        if _why(run) is None:
            block = document.block_at(run.start)
            seen |= _rows(document.quote(block.span if block else Span(run.start, run.end)))
    return bool(hidden) and 2 * len(hidden & seen) >= len(hidden)


def _rows(text: str) -> set[tuple[str, ...]]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return set(zip(words, words[1:], words[2:], strict=False)) or ({tuple(words)} if words else set())


def _is_code(document: Document, span: Span) -> bool:
    """Is nothing there but variables of a template?"""
    text = list(document.quote(span))
    for field in document.placeholders:
        for at in range(max(field.start, span.start), min(field.end, span.end)):
            text[at - span.start] = " "
    return not any(map(str.isalnum, text))


def _may_be_shown(document: Document, group: _Group) -> bool:
    """A web page hides by style what a script or a narrow screen may show again."""
    return document.media_type in _MARKUP and group.reason is Hidden.STYLE


def _mostly_in(burden: Span, group: Span) -> bool:
    shared = min(burden.end, group.end) - max(burden.start, group.start)
    return shared > 0 and 2 * shared >= burden.end - burden.start


def _amount(document: Document, span: Span) -> str:
    words = len(_WORD.findall(document.quote(span)))
    return "1 word" if words == 1 else f"{words} words"


def _reason(group: _Group) -> str:
    if group.reason is Hidden.FAINT and group.contrast is not None:
        return (
            "nearly in the colour of what is behind them: "
            f"a contrast of {group.contrast:.2f} : 1, where 4.5 : 1 can be read"
        )
    if group.reason is Hidden.TINY and group.size is not None:
        return f"set in {group.size:.2g} points, which nobody can read"
    return _REASONS[group.reason]


_REASONS = {
    Hidden.STYLE: "set not to be shown",
    Hidden.INVISIBLE: "written without ink: fully transparent, or in a mode that paints nothing",
    Hidden.FAINT: "in the colour of what is behind them",
    Hidden.COVERED: "painted over or cut away",
    Hidden.OFF_PAGE: "placed outside the page",
    Hidden.TINY: "set smaller than anybody can read",
    Hidden.LAYER: "on a layer that is switched off",
    Hidden.COLLAPSED: "in a section that is closed until it is clicked",
}
