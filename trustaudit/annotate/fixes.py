"""The safe changes that rules declare, made in the source of a template: these characters, and no others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from trustaudit.annotate.sources import Source, ranges, source
from trustaudit.audit import Audit
from trustaudit.document import Span
from trustaudit.ruleset.fix import Fix, changes

FIXABLE = frozenset({
    "text/html", "text/markdown", "text/plain", "text/x-message-catalogue", "message/rfc822",
})  # fmt: skip
"""Sources that are text; the others are not written to."""

_ROUNDS = 20
_KEYED = frozenset({"po", "pot", "xlf", "xliff", "ts", "strings"})
"""Catalogues in which the words may be the key by which their translations are found."""
_TAG = re.compile(r"\{%-?\s*(\w+)")
_NEAR = 5_000  # characters before a passage in which the tag of its block is looked for
_TRANSLATED = frozenset({"trans", "blocktrans", "translate", "blocktranslate"})


@dataclass(frozen=True, slots=True)
class Edit:
    """``before`` at ``source[start:end]``, on this line (from 1), becomes ``after``, by this rule."""

    start: int
    end: int
    line: int
    rule: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A source after all that could be fixed; ``left`` says of passages why they were not.

    ``rounds`` are the edits as they were made: each round's places are those of what the one before left.
    """

    before: str
    after: str
    data: bytes
    rounds: tuple[tuple[Edit, ...], ...]
    left: tuple[str, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        return tuple(edit for edits in self.rounds for edit in edits)


def fix(data: bytes, audit: Audit, rules: Mapping[str, Fix], again: Callable[[bytes], Audit]) -> Fixed:
    """Make the changes that the findings' rules declare, until there are no more.

    ``audit`` is of the data, and ``again`` audits what came out: of fixes that overlap the first is made, and
    the next round sees whether the other still applies. Suppressed findings are left alone. Raises
    ``UnreadableError`` where the encoding is unclear.
    """
    first = read = _source(data, audit.document.media_type)
    made: list[tuple[Edit, ...]] = []
    left: tuple[str, ...] = ()
    for _ in range(_ROUNDS):
        edits, left = _edits(audit, rules, read)
        if not edits:
            break
        made.append(tuple(edits))
        read = Source(edited(read.text, edits), read.encoding, read.mark)
        audit = again(read.encoded(read.text))
    return Fixed(first.text, read.text, read.encoded(read.text), tuple(made), left)


def offered(data: bytes, audit: Audit, rules: Mapping[str, Fix]) -> tuple[Edit, ...]:
    """What could be changed now, none overlapping another: for an editor, which offers them one by one.

    Raises ``UnreadableError`` where the encoding is unclear.
    """
    return tuple(_edits(audit, rules, _source(data, audit.document.media_type))[0])


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made; they do not overlap."""
    for edit in sorted(edits, key=lambda each: each.start, reverse=True):
        text = text[: edit.start] + edit.after + text[edit.end :]
    return text


def _source(data: bytes, media_type: str) -> Source:
    """An e-mail's places count bytes, as its parts may differ in their charset."""
    return Source(data.decode("latin-1"), "latin-1", b"") if media_type == "message/rfc822" else source(data)


def _edits(audit: Audit, rules: Mapping[str, Fix], read: Source) -> tuple[list[Edit], tuple[str, ...]]:
    """The edits of one round, none overlapping another, and why other passages are left."""
    made: list[Edit] = []
    left: list[str] = []
    end = 0
    for found in sorted(audit.standing, key=lambda each: (each.start, -each.end, each.rule)):
        declared = rules.get(found.rule)
        parts = changes(declared, audit.document.text, found.span) if declared else ()
        for part, wording in parts:
            try:
                edit = _edit(audit, found.rule, part, wording, read)
            except _LeftError as reason:
                said = " ".join(audit.document.quote(part).split())
                left.append(f"line {audit.document.place(part).line}: “{said}” is left: {reason}")
                continue
            if edit.start >= end:
                made.append(edit)
                end = edit.end
    return made, tuple(left)


class _LeftError(Exception):
    """Why a passage is not changed."""


def _edit(audit: Audit, rule: str, part: Span, wording: str, read: Source) -> Edit:
    """The change of one passage, where it stands in the source as it is shown."""
    document = audit.document
    if any(part.overlaps(Span(each.start, each.end)) for each in document.placeholders):
        raise _LeftError("a template's variable stands in it")
    places = ranges(document, read.text, part)
    place = Span(places[0].start, places[-1].end) if places else Span(0, 0)
    shown = read.text[place.start : place.end]
    if shown.split() != document.quote(part).split():  # blanks and line ends in between are no matter
        raise _LeftError("markup or an encoding stands in between")
    if document.name.rpartition(".")[2].lower() in _KEYED or _translated(read.text, place.start):
        raise _LeftError("translations are found by these words")
    try:
        wording.encode(read.encoding)
    except UnicodeEncodeError:
        raise _LeftError(f"the file's encoding {read.encoding} cannot hold “{wording}”") from None
    line = read.text.count("\n", 0, place.start) + 1
    return Edit(place.start, place.end, line, rule, shown, wording)


def _translated(text: str, at: int) -> bool:
    """Whether the place stands in a block whose words are the key of their translation."""
    tags = [found[1] for found in _TAG.finditer(text, max(at - _NEAR, 0), at)]
    return bool(tags) and tags[-1] in _TRANSLATED
