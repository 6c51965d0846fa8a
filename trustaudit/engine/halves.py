"""Kinds that need the whole document: ``required`` and ``reciprocal``. Each joins two halves that the
pass over the clauses has found.
"""

from __future__ import annotations

from collections.abc import Sequence

from trustaudit.audit import Pair
from trustaudit.engine.clauses import Seen
from trustaudit.engine.found import Hit
from trustaudit.ruleset.rule import Reciprocal

NOT_GIVEN = "nothing in the document gives the same in return"


def required(grounds: Sequence[Seen], protections: Sequence[Seen]) -> list[Hit]:
    """One hit where the ground is there and the protection nowhere; the other grounds are related places."""
    if not grounds or protections:
        return []
    first, *others = sorted(seen.span for seen in grounds)
    related = tuple((span, "also calls for it") for span in others[:5])
    return [Hit(first, "nothing in the document answers this", related)]


def reciprocal(
    find: Reciprocal, asked: Sequence[Seen], given: Sequence[Seen]
) -> tuple[list[Hit], Pair | None]:
    """One hit where something is asked of one side only, and the pair as it stands.

    A clause that asks it of both sides is its own return.
    """
    one_way = sorted(seen.span for seen in asked if not seen.mutual)
    back = sorted([seen.span for seen in given] + [seen.span for seen in asked if seen.mutual])
    if not asked:
        return [], None
    if back:
        place = one_way[0] if one_way else back[0]
        return [], Pair(find.pair, find.asked_of, place, back[0], "mutual" if not one_way else "given")
    related = tuple((span, "asks it too") for span in one_way[1:6])
    return [Hit(one_way[0], NOT_GIVEN, related)], Pair(
        find.pair, find.asked_of, one_way[0], None, "not given"
    )
