"""What a clause's neighbours change: another lead-in above an item, a norm of both sides split into two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trustaudit.audit import Side
from trustaudit.journey.align import Aligned, Pair
from trustaudit.journey.compare_alike import similarity
from trustaudit.journey.compare_facts import Facing
from trustaudit.language.norms import Norm
from trustaudit.language.sentences import Sentence

_ALIKE = 0.5  # of the words of a norm of both sides and a norm of one
_NEAR = 3  # clauses between a norm and its other half


def changed_leads(aligned: Aligned, old: Sequence[Sentence], new: Sequence[Sentence]) -> set[tuple[int, int]]:
    """Sentences of items whose lead-in has other words now: they may bind somebody else."""
    matched = [pair for pair in aligned.pairs if pair.old is not None and pair.new is not None]
    partner: dict[int, int] = {}
    for pair in matched:
        one, two = aligned.old[pair.old or 0], aligned.new[pair.new or 0]
        if one.words == two.words:
            partner[one.sentence] = two.sentence
    found = set()
    for pair in matched:
        one, two = aligned.old[pair.old or 0], aligned.new[pair.new or 0]
        first, second = old[one.sentence].lead, new[two.sentence].lead
        if first >= 0 and second >= 0 and partner.get(first) != second:
            found.add((one.sentence, two.sentence))
    return found


def shared_norms(aligned: Aligned, old: Facing, new: Facing) -> dict[Pair, Pair]:
    """*Either party may end* that became *you may end* and *we may end*, or the reverse.

    For the pair of the one half that was found: itself; for the half that seemed new or gone: the pair that
    it makes with the norm of both sides.
    """
    found: dict[Pair, Pair] = {}
    for at, pair in enumerate(aligned.pairs):
        if pair.old is None or pair.new is None:
            continue
        one, two = old.norms(aligned.old[pair.old]), new.norms(aligned.new[pair.new])
        if len(one) != 1 or len(two) != 1 or one[0].modality is not two[0].modality:
            continue
        near = aligned.pairs[max(0, at - _NEAR) : at + _NEAR + 1]
        half = _half(aligned, pair, near, one[0], two[0], (old, new))
        if half is not None:
            found[pair] = pair
            found[half] = replace(half, old=pair.old) if half.old is None else replace(half, new=pair.new)
    return found


def _half(
    aligned: Aligned, pair: Pair, near: Sequence[Pair], one: Norm, two: Norm, facing: tuple[Facing, Facing]
) -> Pair | None:
    """The clause of the other side alone that stands beside, where one of the two norms binds both."""
    if one.side is Side.BOTH and two.side in (Side.COMPANY, Side.CUSTOMER):
        words, wanted = aligned.old[pair.old or 0].words, two
    elif two.side is Side.BOTH and one.side in (Side.COMPANY, Side.CUSTOMER):
        words, wanted = aligned.new[pair.new or 0].words, one
    else:
        return None
    split = wanted is two
    for each in near:
        at = each.new if split else each.old
        if at is None or (each.old if split else each.new) is not None:
            continue
        unit = (aligned.new if split else aligned.old)[at]
        norms = facing[split].norms(unit)
        fits = len(norms) == 1 and norms[0].side is wanted.side.other and norms[0].modality is wanted.modality
        if fits and similarity(words, unit.words) >= _ALIKE:
            return each
    return None
