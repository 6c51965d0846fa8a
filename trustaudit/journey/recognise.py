"""What a document is to the journey: its stage and channel, by its path, its kind, its purpose and its words.

Points for each stage stand in ``rules/journey.yaml``; the stage with most wins, and the evidence is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

from trustaudit.audit import Audit
from trustaudit.journey.data import StageKind, journey_data

OTHER = "other"
"""The stage of documents of which it could not be told."""

_LOOKED_AT = 4_000  # characters: a document says early what it is for
_FOLDER = 0.75  # what a folder's name counts beside the file's own


@dataclass(frozen=True, slots=True)
class Recognised:
    """The stage, or ``other``; ``why`` says by what, in words."""

    stage: str
    channel: str
    why: str
    points: float = 0.0


def recognise(audit: Audit, path: str) -> Recognised:
    """Stage and channel of a document at ``path``, which is relative to the journey's folder."""
    data = journey_data()
    text = " ".join(audit.document.text[:_LOOKED_AT].lower().split())
    scored = [(_evidence(stage, audit, path, text), stage) for stage in data.stages]
    best, stage = max(scored, key=lambda pair: sum(points for points, _ in pair[0]))  # the earlier of equals
    points = sum(each for each, _ in best)
    channel = channel_of(audit, path)
    if points < data.least:
        return Recognised(OTHER, channel, "nothing says to which stage it belongs", points)
    said = [why for _, why in sorted(best, key=lambda each: -each[0])[:3]]
    return Recognised(stage.id, channel, ", ".join(said), points)


def channel_of(audit: Audit, path: str) -> str:
    """The channel of a message: what the path says, else what the message looks like; empty for papers."""
    if audit.message is None:
        return ""
    words = _words(PurePath(path).as_posix())
    for piece, channel in journey_data().channels.items():
        if _named(piece, words):
            return channel
    return audit.message.channel


def _evidence(stage: StageKind, audit: Audit, path: str, text: str) -> list[tuple[float, str]]:
    return [*_of_path(stage, path), *_of_kind(stage, audit), *_of_words(stage, text)]


def _of_path(stage: StageKind, path: str) -> Iterator[tuple[float, str]]:
    """The strongest piece of the file's name, else of a folder's."""
    parts = PurePath(path).parts
    for part, factor in ((parts[-1:], 1.0), (parts[:-1], _FOLDER)):
        words = _words("/".join(part))
        named = [(points, piece) for piece, points in stage.files.items() if _named(piece, words)]
        if named:
            points, piece = max(named)
            what = "its name" if factor == 1 else "its folder's name"
            yield points * factor, f"{what} says “{piece}”"
            return


def _of_kind(stage: StageKind, audit: Audit) -> Iterator[tuple[float, str]]:
    if audit.kind.value in stage.kinds:
        yield stage.kinds[audit.kind.value], f"it is a {audit.kind.value.replace('-', ' ')}"
    purpose = audit.message.purpose if audit.message else ""
    if purpose in stage.purposes:
        yield stage.purposes[purpose], f"it is a message of the kind {purpose.replace('-', ' ')}"


def _of_words(stage: StageKind, text: str) -> Iterator[tuple[float, str]]:
    """The two strongest phrases that stand in the first part: more would let long texts shout."""
    found = [
        (points, phrase) for phrase, points in stage.says.items() if _phrase(phrase).search(text) is not None
    ]
    for points, phrase in sorted(found, reverse=True)[:2]:
        yield points, f"it says “{phrase}”"


@cache
def _phrase(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(phrase)}\b")


def _words(path: str) -> str:
    """A path as words between hyphens: ``01_Welcome Mail.txt`` is ``-01-welcome-mail-txt-``."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", path)
    return "-" + re.sub(r"[^a-z0-9]+", "-", apart.lower()).strip("-") + "-"


def _named(piece: str, words: str) -> bool:
    """Whether a word of the path begins with the piece, or is it where the piece is short."""
    wanted = re.sub(r"[^a-z0-9]+", "-", piece.lower())
    return f"-{wanted}-" in words or (len(wanted) > 4 and f"-{wanted}" in words)
