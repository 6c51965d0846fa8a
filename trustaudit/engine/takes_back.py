"""Kind ``takes-back``: the headline gives, the footnote takes.

A claim carries a mark (*, †, [1], a raised 1 …), and the note that begins with the same mark takes it back;
or a headline claims what the fine print of the same document takes back, without a mark between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trustaudit.audit import Confidence
from trustaudit.document import FURNITURE, BlockKind, Span
from trustaudit.engine.found import Hit, in_fine_print
from trustaudit.engine.note_marks import marks, note_of
from trustaudit.language.reading import Reading
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.ruleset.pattern import Pattern
from trustaudit.ruleset.rule import TakesBack

_HEADLINES = frozenset(
    {BlockKind.TITLE, BlockKind.HEADING, BlockKind.SUBJECT, BlockKind.PREHEADER, BlockKind.BUTTON}
)
_REACH = 120
"""Characters between a claim and its mark: further on the mark belongs to something else."""
_MOST = 3  # places that take back, named for one headline


def takes_back(find: TakesBack, unless: Sequence[str], reading: Reading, fine: FinePrint) -> list[Hit]:
    """A hit on each claim that is taken back, with what takes it as related place."""
    if find.by == "mark":
        return _by_mark(find, unless, reading)
    return _by_fine_print(find, unless, reading, fine)


def _by_mark(find: TakesBack, unless: Sequence[str], reading: Reading) -> list[Hit]:
    calls, notes = marks(reading.document)
    if not calls or not notes:
        return []
    claims, takes, clears = (_patterns(words, reading) for words in (find.claims, find.takes, unless))
    hits = []
    for call in calls:
        note = note_of(call, notes)
        claim = _claim(call.span, claims, clears, reading) if note is not None else None
        taken = _first(takes, note.span, reading) if note is not None and claim is not None else None
        if claim is not None and note is not None and taken is not None:
            message = f"the note takes it back: “{_one_line(reading.document.quote(taken))}”"
            hits.append(Hit(claim, message, ((note.span, "the note behind the mark"),)))
    return _distinct(hits)


def _by_fine_print(find: TakesBack, unless: Sequence[str], reading: Reading, fine: FinePrint) -> list[Hit]:
    document = reading.document
    heads = [block.span for block in document.blocks if block.kind in _HEADLINES]
    if not heads or not fine.spans:
        return []
    claims, clears = _patterns(find.claims, reading), _patterns(unless, reading)
    gives = [
        span
        for head in heads
        if not _any(clears, head, reading) and (span := _first(claims, head, reading)) is not None
    ]
    if not gives:
        return []
    taken = list(_in_fine_print(_patterns(find.takes, reading), reading, fine))
    if not taken:
        return []
    related = tuple((span, "the fine print that takes it back") for span in taken[:_MOST])
    message = f"the fine print says: “{_one_line(document.quote(taken[0]))}”"
    return [Hit(span, message, related, Confidence.LOW) for span in gives]


def _in_fine_print(takes: Sequence[Pattern], reading: Reading, fine: FinePrint) -> Iterator[Span]:
    """What takes back, in sentences that stand in fine print and in no headline."""
    for sentence in reading.sentences:
        block = reading.document.block_at(sentence.start)
        if block is None or block.kind in _HEADLINES | FURNITURE or not in_fine_print(sentence.span, fine):
            continue
        span = _first(takes, sentence.span, reading)
        if span is not None:
            yield span


def _claim(call: Span, claims: Sequence[Pattern], clears: Sequence[Pattern], reading: Reading) -> Span | None:
    """From the claim that stands nearest before the mark, in its sentence, up to the mark."""
    sentence = reading.sentences[max(reading.sentence_at(call.start), 0)]
    block = reading.document.block_at(call.start)
    start = max(sentence.start if sentence.end >= call.start else 0, block.start if block else 0)
    around = Span(max(start, call.start - _REACH), call.start)
    if around.end <= around.start or _any(clears, around, reading):
        return None
    found = [span for pattern in claims for span in _spans(pattern, around, reading)]
    return Span(min(found, key=lambda span: (-span.end, span.start)).start, call.end) if found else None


def _patterns(phrases: Sequence[str], reading: Reading) -> list[Pattern]:
    return [reading.compiler.compile(phrase) for phrase in phrases]


def _spans(pattern: Pattern, where: Span, reading: Reading) -> list[Span]:
    view = reading.view
    start, end = view.locate(where.start), view.locate(where.end)
    return [view.span(start + a, start + b) for a, b in pattern.spans(view.text[start:end])]


def _first(patterns: Sequence[Pattern], where: Span, reading: Reading) -> Span | None:
    """The first place that any of them matches, with all that overlaps it."""
    spans = sorted(span for one in patterns for span in _spans(one, where, reading))
    if not spans:
        return None
    start, end = spans[0]
    for span in spans:
        end = max(end, span.end) if span.start < end else end
    return Span(start, end)


def _any(patterns: Sequence[Pattern], where: Span, reading: Reading) -> bool:
    return any(_spans(pattern, where, reading) for pattern in patterns)


def _one_line(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= 120 else line[:119].rstrip() + "…"


def _distinct(hits: list[Hit]) -> list[Hit]:
    """One hit where two marks stand behind one claim."""
    kept: dict[int, Hit] = {}
    for hit in hits:
        kept.setdefault(hit.span.start, hit)
    return list(kept.values())
