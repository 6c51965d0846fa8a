"""What a message is for: phrases of ``rules/purposes.yaml`` and signs, counted where a person meets them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from trustaudit import resources
from trustaudit.document import Document
from trustaudit.errors import RuleError
from trustaudit.language.parts import OPENING, Part, PartKind
from trustaudit.language.signs import Signs, classes_in, signs

FILE = "purposes.yaml"
PURPOSES = (
    "appointment-reminder",
    "payment-reminder",
    "arrears",
    "invoice",
    "receipt",
    "order",
    "welcome",
    "account",
    "cancellation",
    "thank-you",
    "marketing",
    "other",
)
PAYING = frozenset({"invoice", "receipt", "payment-reminder", "arrears"})
"""Purposes of which money is the very subject."""
_MOSTLY = 0.5
_MANNERS = re.compile(r"\b(?:thank(?:s|ed| you)|questions?|call us|contact us|your trust)\b", re.IGNORECASE)
"""Thanks and help further down are manners, not the matter."""
_COME_FOR = ("appointment-reminder", "order", "welcome", "other")
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*|%")
_LONGEST = 5
_FULL = 3.0  # the factor of the opening
_FEW = 8  # words: a file of fewer is one of names of texts
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_SPLIT = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """The purpose, how likely it is, how likely the next one, and the words that spoke most."""

    purpose: str
    share: float
    next: float
    words: tuple[str, ...] = ()
    other: str = "other"  # the best purpose that is something people come for, and how likely it is
    other_share: float = 0.0
    money: float = 0.0  # how likely one of the purposes about a payment is


@dataclass(frozen=True)
class Table:
    """Points by purpose for each sequence of words, and for each piece of a file's name."""

    words: Mapping[tuple[str, ...], tuple[tuple[str, float], ...]]
    first: frozenset[str]
    files: tuple[tuple[str, str, float], ...]


def table() -> Table:
    """The table that comes with trustaudit."""
    return _load(resources.rules_dir() / FILE)


@cache
def _load(path: Path) -> Table:
    return read_table(path.read_text(encoding="utf-8"), path.name)


def read_table(source: str, path: str) -> Table:
    """The table from YAML; ``RuleError`` says what is wrong."""
    import yaml

    try:
        data = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  both safe
        words: dict[tuple[str, ...], list[tuple[str, float]]] = {}
        files: list[tuple[str, str, float]] = []
        for purpose, entry in data["purposes"].items():
            if purpose not in PURPOSES:
                raise RuleError(f"{path}: {purpose!r} is no purpose; known: {', '.join(PURPOSES)}")
            for term, points in entry["words"].items():
                words.setdefault(tuple(_WORD.findall(str(term))), []).append((purpose, float(points)))
            files += [(str(piece), purpose, float(points)) for piece, points in entry["files"].items()]
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise RuleError(f"{path}: not a table of purposes: {error}") from error
    return Table({k: tuple(v) for k, v in words.items()}, frozenset(k[0] for k in words), tuple(files))


@dataclass(frozen=True)
class Shown:
    """What a message shows: points of phrases and of the file's name by purpose, and classes of signs."""

    phrases: Mapping[str, float]
    file: Mapping[str, float]
    signs: Mapping[str, float]  # class → strength, at most 1
    words: tuple[str, ...] = ()


def purpose_of(parts: Sequence[Part], document: Document, alone: str = "") -> Guess:
    """The purpose with the best odds, by the words of the parts and the file's name.

    What stands in the subject, the headline or the first sentence counts in full, in the second two
    thirds, in a button one half, elsewhere one third, and in the footer not at all.
    """
    return guess_of(shown(parts, document, alone), signs())


def guess_of(found: Shown, known: Signs) -> Guess:
    """The purpose by odds: bias + phrases + the file's name + signs, each with its learned points."""
    odds = dict.fromkeys(PURPOSES, 0.0)
    for purpose in PURPOSES:
        odds[purpose] = (
            known.bias.get(purpose, 0.0)
            + known.hand * found.phrases.get(purpose, 0.0)
            + known.file * found.file.get(purpose, 0.0)
        )
    for name, strength in found.signs.items():
        for purpose, value in known.points.get(name, {}).items():
            odds[purpose] += value * strength
    top = max(odds.values())
    total = sum(exp(value - top) for value in odds.values())
    ranked = sorted(PURPOSES, key=lambda purpose: (-odds[purpose], PURPOSES.index(purpose)))
    share = {purpose: exp(odds[purpose] - top) / total for purpose in PURPOSES}
    other = max(_COME_FOR, key=lambda purpose: share[purpose])
    if ranked[0] not in PAYING and sum(share[one] for one in PAYING) > _MOSTLY:
        ranked.sort(key=lambda purpose: purpose not in PAYING)  # the likeliest of those about a payment
    money = sum(share[purpose] for purpose in PURPOSES if purpose in PAYING)
    return Guess(ranked[0], share[ranked[0]], share[ranked[1]], found.words, other, share[other], money)


def shown(parts: Sequence[Part], document: Document, alone: str = "") -> Shown:
    """Phrases, signs and pieces of the file's name, each where it counts most.

    ``alone`` is ``words_alone`` of the document, where it is known already.
    """
    known, classes = table(), signs()
    text = alone or words_alone(document)
    best: dict[tuple[str, ...], float] = {}
    strength: dict[str, float] = {}
    for part, factor in _placed(parts):
        words = text[part.start : part.end]
        if factor <= 1.0 and _MANNERS.search(words):
            continue
        for term in _terms(words, known):
            best[term] = max(best.get(term, 0.0), factor)
        for name in classes_in(words, classes):
            strength[name] = max(strength.get(name, 0.0), factor / _FULL)
    points: dict[str, float] = {}
    spoke: list[tuple[float, str]] = []
    for term, factor in best.items():
        for purpose, weight in known.words[term]:
            points[purpose] = points.get(purpose, 0.0) + weight * factor
            spoke.append((-weight * factor, " ".join(term)))
    words_that_spoke = tuple(word for _, word in sorted(spoke)[:3])
    return Shown(points, dict(_of_file(document.name, known)), strength, words_that_spoke)


def words_alone(document: Document) -> str:
    """The text with its variables blanked, or, where there is little else, with their names in words."""
    pieces: list[str] = []
    at = 0
    for field in document.placeholders:
        pieces += [document.text[at : field.start], " " * (field.end - field.start)]
        at = field.end
    blank = "".join([*pieces, document.text[at:]])
    if len(_WORD.findall(blank)) >= _FEW or not document.placeholders:
        return blank
    return _CAMEL.sub(" ", document.text)


def _placed(parts: Sequence[Part]) -> Iterable[tuple[Part, float]]:
    body = 0
    for part in parts:
        if part.kind in OPENING:
            yield part, 3.0
        elif part.kind is PartKind.ACTION:
            yield part, 1.5
        elif part.kind is PartKind.BODY:
            body += 1
            yield part, 3.0 if body == 1 else 2.0 if body == 2 else 1.0
        elif part.kind in {PartKind.GREETING, PartKind.CLOSING}:
            yield part, 1.0


def _terms(text: str, known: Table) -> Iterable[tuple[str, ...]]:
    """The longest term at each place; terms do not overlap."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    at = 0
    while at < len(words):
        size = 0
        if words[at] in known.first:
            longest = min(_LONGEST, len(words) - at)
            size = next(
                (size for size in range(longest, 0, -1) if tuple(words[at : at + size]) in known.words), 0
            )
        if size:
            yield tuple(words[at : at + size])
        at += size or 1


def _of_file(name: str, known: Table) -> Iterable[tuple[str, float]]:
    """Pieces of the name count in the last two parts of the path; the longest piece of each purpose alone."""
    path = "/".join(name.lower().replace("\\", "/").split("/")[-2:])
    if not path or path.startswith("<"):
        return
    called = "_" + "_".join(piece for piece in _SPLIT.split(path) if piece) + "_"
    longest: dict[str, tuple[int, float]] = {}
    for piece, purpose, points in known.files:
        wanted = "_" + piece.strip("_") + "_"
        if wanted in called:
            longest[purpose] = max(longest.get(purpose, (0, 0.0)), (len(piece), points))
    for purpose, (_, points) in longest.items():
        yield purpose, points
