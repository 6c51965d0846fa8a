"""Which file of the old folder is which of the new one: by name, then by what is in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trustaudit.comparison import Pairing

_LEAST = 0.5  # of the shingles of two files, from which on one is the other under a new name
_WORDS = 4  # in a shingle
_COMMON = 12  # a shingle of more files than this is of the house, not of a file


@dataclass(frozen=True, slots=True)
class Paired:
    """Indices into both lists; None where one side has none."""

    old: int | None
    new: int | None
    pairing: Pairing | None = None


def pair(
    old: Sequence[str], new: Sequence[str], texts: tuple[Mapping[int, str], Mapping[int, str]] | None = None
) -> list[Paired]:
    """``old`` and ``new`` are the files' keys; ``texts`` of those that have no partner by name.

    In the order of the new side; what is gone comes last. Without texts: by name alone.
    """
    places = {key: at for at, key in enumerate(new)}
    by_name = {at: places[key] for at, key in enumerate(old) if key in places}
    found = {one: (two, Pairing("name")) for one, two in by_name.items()}
    if texts is not None:
        taken = set(by_name.values())
        ours = {at: text for at, text in texts[0].items() if at not in by_name}
        theirs = {at: text for at, text in texts[1].items() if at not in taken}
        for alike, one, two in sorted(_alike(ours, theirs), key=lambda row: (-row[0], row[1], row[2])):
            if one not in found and two not in taken:
                found[one] = (two, Pairing("content", round(alike, 3)))
                taken.add(two)
    back = {two: (one, how) for one, (two, how) in found.items()}
    rows = [
        Paired(back[at][0], at, back[at][1]) if at in back else Paired(None, at) for at in range(len(new))
    ]
    return rows + [Paired(at, None) for at in range(len(old)) if at not in found]


def _alike(ours: Mapping[int, str], theirs: Mapping[int, str]) -> Iterator[tuple[float, int, int]]:
    """Pairs with the share of their shingles that both have (Dice), where it is large enough."""
    one = {at: _shingles(text) for at, text in ours.items()}
    two = {at: _shingles(text) for at, text in theirs.items()}
    holders: dict[int, list[int]] = defaultdict(list)
    for at, shingles in two.items():
        for shingle in shingles:
            holders[shingle].append(at)
    for at, shingles in one.items():
        shared: Counter[int] = Counter()
        for shingle in shingles:
            if len(holders.get(shingle, ())) <= _COMMON:
                shared.update(holders.get(shingle, ()))
        for other, count in shared.items():
            alike = 2 * count / (len(shingles) + len(two[other]))
            if alike >= _LEAST:
                yield alike, at, other


def _shingles(text: str) -> set[int]:
    """Runs of words as numbers; the hash of a tuple of strings would change from run to run."""
    from zlib import crc32

    words = text.lower().split()
    runs = range(max(len(words) - _WORDS + 1, 1))
    return {crc32(" ".join(words[at : at + _WORDS]).encode("utf-8", "replace")) for at in runs}
