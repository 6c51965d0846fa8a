"""Words that came or went: is it another word for the same, or does the clause reach further than before?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from trustaudit.document import Span
from trustaudit.journey.compare_facts import Token

_MUCH = 4  # content words by which one wording outgrows the other to say more, not the same otherwise
SMALL = frozenset(
    """
    a an the this that these those such any all each every said and or nor but so as if then than of to in
    on at by for from with within into upon under over between among during until about through per is are
    was were be been being am it its they them their he she his her we us our you your who which what whom
    whose where when while will would shall should may might can could must do does did has have had having
    not no also both either neither hereby herein hereof hereto hereunder hereinafter thereof therein
    thereto thereby thereunder therefor above below following aforementioned respective respectively
    accordingly namely e.g i.e etc please simply just other another same own one ones there here however
    further furthermore moreover therefore otherwise hence via regarding concerning respect relation
    connection pursuant accordance terms term conditions condition agreement agreements contract document
    entitled entitlement right rights required obliged obligated obligation allowed permitted liable need
    needs agree agrees agreed undertake undertakes responsible after before once sole own absolute
    section clause article paragraph case event extent way manner time order purpose purposes avoidance
    doubt including include includes included limitation without
    """.split()  # noqa: SIM905 - a list of words reads as words
)
"""Words that bind nothing by themselves, and those that a re-wording adds and drops."""

_OPPOSITE = (
    ("before", "after"), ("including", "excluding"), ("include", "exclude"), ("inclusive", "exclusive"),
    ("more", "less"), ("most", "least"), ("maximum", "minimum"), ("with", "without"), ("gross", "net"),
    ("increase", "decrease"), ("increase", "reduce"), ("all", "some"), ("any", "no"), ("and", "or"),
    ("direct", "indirect"), ("upper", "lower"), ("higher", "lower"), ("longer", "shorter"),
    ("earlier", "later"), ("mandatory", "optional"), ("public", "confidential"), ("former", "latter"),
    ("assign", "license"), ("assign", "licence"), ("assigns", "licenses"), ("assigns", "lends"),
    ("sell", "lend"), ("sells", "lends"), ("buy", "rent"), ("opt", "out"), ("per", "total"),
    ("always", "never"), ("national", "foreign"),
)  # fmt: skip
"""Words of which one in the place of the other turns a clause round."""

CALENDAR = frozenset(
    """
    january february march april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday daily weekly fortnightly monthly quarterly annually yearly
    annual once twice
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_OPPOSITES = {frozenset(pair) for pair in _OPPOSITE}


class _Region(Protocol):
    @property
    def old(self) -> tuple[Token, ...]: ...
    @property
    def new(self) -> tuple[Token, ...]: ...
    @property
    def gap(self) -> int: ...


_Stretch = tuple[tuple[Token, ...], tuple[Token, ...]]
_NEAR = 4  # equal words between two stretches that are weighed together: one may stand for the other


def widened(
    regions: Sequence[_Region],
    told: tuple[Sequence[Span], Sequence[Span]] = ((), ()),
    *,
    places: bool = False,
) -> Iterator[_Stretch]:
    """Stretches in which one wording says more than the other, or the opposite; numbers count as content.

    A word that was only put elsewhere in the sentence is neither new nor gone. Stretches of which ``told``
    speaks are left out.
    With ``places`` another name is another place, and not another name for the same.
    """
    lost = Counter(_stem(t) for region in regions for t in region.old)
    won = Counter(_stem(t) for region in regions for t in region.new)
    for old, new in _near(regions):
        if _within(old, told[0]) or _within(new, told[1]):
            continue
        gone = [t for t in old if says(t) and not won[_stem(t)]]
        come = [t for t in new if says(t) and not lost[_stem(t)]]
        other = _values(gone) != _values(come) or (places and _names(gone) != _names(come))
        longer = _more(gone, come) and len(old) > len(new), _more(come, gone) and len(new) > len(old)
        if other or _opposed(old, new):
            yield old, new
        elif any(longer):
            yield old if gone else (), new if come else ()


def _near(regions: Sequence[_Region]) -> list[_Stretch]:
    """Regions with few words between them, as one."""
    out: list[_Stretch] = []
    for at, region in enumerate(regions):
        if at and region.gap <= _NEAR:
            old, new = out.pop()
            out.append((old + region.old, new + region.new))
        else:
            out.append((region.old, region.new))
    return out


def _within(tokens: Sequence[Token], spans: Sequence[Span]) -> bool:
    return any(span.start <= token.start < span.end for token in tokens for span in spans)


def says(token: Token) -> bool:
    """Is it a word with content of its own?"""
    return token.kind in ("word", "number") and token.key not in SMALL


def _more(one: Sequence[Token], other: Sequence[Token]) -> bool:
    """Content with none in its place, or far more of it."""
    return bool(one) and (not other or len(one) - len(other) >= _MUCH)


def _values(tokens: Sequence[Token]) -> list[str]:
    """Numbers, days, months, and how often: one for another is never the same."""
    return [t.key for t in tokens if t.kind == "number" or t.key in CALENDAR]


def _names(tokens: Sequence[Token]) -> list[str]:
    return [t.key for t in tokens if t.name]


def _opposed(old: Sequence[Token], new: Sequence[Token]) -> bool:
    if len(old) > 2 or len(new) > 2:
        return False
    return any(frozenset((one.key, two.key)) in _OPPOSITES for one in old for two in new)


def _stem(token: Token) -> str:
    """A word without its commonest endings, so that *terminates* is *terminate*."""
    word = token.key
    for ending in ("ations", "ation", "ing", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
