"""Kind ``norm``: who must, may, may not or need not do what, with or without which words beside it."""

from __future__ import annotations

from collections.abc import Sequence

from trustaudit.engine.found import Hit
from trustaudit.engine.scope import in_scope
from trustaudit.language.norms import Norm
from trustaudit.language.reading import Reading
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.ruleset.rule import NormFind


def norm_hits(find: NormFind, unless: Sequence[str], reading: Reading, fine: FinePrint) -> list[Hit]:
    """A hit for each norm that fits; ``unless`` are phrases that clear its sentence."""
    return [
        Hit(norm.span)
        for norm in reading.norms
        if norm.side in find.bearer
        and norm.modality in find.modality
        and (not find.topic or norm.topic in find.topic)
        and in_scope(find.scope, norm.span, reading, fine)
        and _words_fit(find, unless, norm, reading)
    ]


def _words_fit(find: NormFind, unless: Sequence[str], norm: Norm, reading: Reading) -> bool:
    action = _seen(reading, norm.action.start, norm.action.end)
    if find.action and not _any(find.action, action, reading):
        return False
    sentence = reading.sentences[max(reading.sentence_at(norm.start), 0)]
    around = _seen(reading, sentence.start, sentence.end)
    if find.with_ and not _any(find.with_, around, reading):
        return False
    return not _any((*find.without, *unless), around, reading)


def _seen(reading: Reading, start: int, end: int) -> str:
    view = reading.view
    return view.text[view.locate(start) : view.locate(end)]


def _any(phrases: Sequence[str], text: str, reading: Reading) -> bool:
    return any(reading.compiler.compile(phrase).matches(text) for phrase in phrases)
