"""How hard the sentences are to read: length, Flesch, grade, passives, legal jargon.

Words are counted in sentences of running prose only; headings and tables would make any text look easy.
Formulas are for English.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from trustaudit.audit import Measure
from trustaudit.document import Span
from trustaudit.metrics.jargon import jargon, jargon_in
from trustaudit.metrics.prose import Prose, too_short, worst
from trustaudit.metrics.syllables import syllables

LONG = 50
"""Words above which a sentence is long (Connecticut 42-152(c): no sentence over 50)."""

_LEAST_WORDS = 100  # Flesch counted samples of 100 words

_BE = frozenset(
    {"am", "is", "are", "was", "were", "be", "been", "being", "get", "gets", "got", "isn't", "aren't"}
)
_BETWEEN = frozenset(
    {"not", "also", "only", "so", "then", "thereby", "hereby", "never", "always", "first", "in", "fact"}
)
_IRREGULAR = """
    made given taken done held kept paid sent set shown known borne bound brought built bought begun broken
    chosen cut dealt drawn driven found forgiven forgotten frozen gotten heard hidden hit hurt laid led left
    lent let lost meant met put read rewritten seen sold sought spent split spread stolen struck sued taught
    thrown told torn understood undertaken upheld withdrawn withheld worn written sworn shut overridden
"""
_LIKE_THEM = """
    entitled interested pleased located situated supposed tired indeed need exceed proceed hundred red naked
    sacred delighted excited retired married unlimited unrelated wicked limited dated
"""
_PARTICIPLES = frozenset(_IRREGULAR.split())
_NO_PASSIVES = frozenset(_LIKE_THEM.split())


def readability(prose: Prose) -> Mapping[str, Measure]:
    """All measures of this module, by name."""
    lengths = [(float(len(within)), span) for span, within in prose.sentences]
    short = too_short(prose.word_count, _LEAST_WORDS, "words in sentences")
    ease, grade = (short, short) if short else _flesch(prose)
    return {
        "sentences": Measure(float(len(lengths))),
        "sentence_length": _sentence_length(lengths),
        "long_sentences": _long_sentences(lengths),
        "longest_sentence": _longest_sentence(lengths),
        "reading_ease": ease,
        "grade_level": grade,
        "passive_share": _passive_share(prose),
        "jargon_share": _jargon_share(prose),
    }


def _sentence_length(lengths: list[tuple[float, Span]]) -> Measure:
    """Mean words a sentence."""
    if not lengths:
        return Measure(None, "no sentences")
    return Measure(sum(length for length, _ in lengths) / len(lengths), "", worst(lengths))


def _longest_sentence(lengths: list[tuple[float, Span]]) -> Measure:
    """Words of the longest sentence."""
    if not lengths:
        return Measure(None, "no sentences")
    longest = worst(lengths)[:1]
    return Measure(max(length for length, _ in lengths), "", longest)


def _long_sentences(lengths: list[tuple[float, Span]]) -> Measure:
    """Share of the sentences that have more than 50 words."""
    if not lengths:
        return Measure(None, "no sentences")
    long = [pair for pair in lengths if pair[0] > LONG]
    return Measure(len(long) / len(lengths), "", worst(long))


def _flesch(prose: Prose) -> tuple[Measure, Measure]:
    """Reading ease and grade level.

    Flesch 1948: 206.835 - 1.015 words/sentence - 84.6 syllables/word; 100 is easy, under 30 very hard.
    Kincaid et al. 1975, in years of schooling: 0.39 words/sentence + 11.8 syllables/word - 15.59.
    """
    lower = prose.words.lower
    count = prose.word_count
    forms = Counter(word for _, within in prose.sentences for word in lower[within.start : within.stop])
    per_sentence = count / len(prose.sentences)
    per_word = sum(syllables(word) * times for word, times in forms.items()) / count
    ease = 206.835 - 1.015 * per_sentence - 84.6 * per_word
    return Measure(ease), Measure(max(0.39 * per_sentence + 11.8 * per_word - 15.59, 0.0))


def _passive_share(prose: Prose) -> Measure:
    """Share of sentences with a passive: a form of *be*, at most two adverbs, a past participle."""
    if not prose.sentences:
        return Measure(None, "no sentences")
    lower = prose.words.lower
    found = []
    for span, within in prose.sentences:
        count = sum(
            1 for index in within if lower[index] in _BE and _is_passive(lower, index + 1, within.stop)
        )
        if count:
            found.append((float(count), span))
    return Measure(len(found) / len(prose.sentences), "", worst(found))


def _is_passive(lower: list[str], index: int, stop: int) -> bool:
    for at in range(index, min(index + 3, stop)):
        word = lower[at]
        if word in _PARTICIPLES or (word.endswith("ed") and len(word) > 3 and word not in _NO_PASSIVES):
            return True
        if word not in _BETWEEN and not word.endswith("ly"):
            return False
    return False


def _jargon_share(prose: Prose) -> Measure:
    """Share of the words of prose that belong to legal jargon (``rules/jargon.yaml``)."""
    count = prose.word_count
    if not count:
        return Measure(None, "no sentences")
    phrases = jargon()
    found = [
        (sum(len(hit) for hit in hits), span)
        for span, within in prose.sentences
        if (hits := jargon_in(prose.words.lower, within, phrases))
    ]
    return Measure(sum(n for n, _ in found) / count, "", worst((float(n), span) for n, span in found))
