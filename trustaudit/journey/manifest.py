"""``journey.yaml``: the stages in the order in which the customer meets them, and the documents of each.

A manifest that ``extends`` others takes their names and stages over; a stage that it names itself replaces
the stage of the same name there, and stands where that one stood.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trustaudit.errors import ConfigError
from trustaudit.ruleset.problems import SHOWN, Problem

NAMES = ("journey.yaml", "journey.yml")


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A path or glob, relative to ``base``, and what is known of its documents; empty: find out."""

    path: str
    base: Path
    kind: str = "auto"
    channel: str = ""
    weight: float = 1.0
    audience: str = ""
    company: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    place: str = ""  # "journey.yaml:12"


@dataclass(frozen=True, slots=True)
class StageEntry:
    """``weight`` and ``customer`` are None where the usual values of the stage hold."""

    name: str
    title: str = ""
    weight: float | None = None
    customer: bool | None = None
    documents: tuple[DocumentEntry, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """``base`` is the folder that the report's paths are relative to."""

    stages: tuple[StageEntry, ...]
    base: Path
    name: str = ""
    company: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    segment: str = ""
    audience: str = ""
    source: str = ""
    guesses: tuple[str, ...] = ()


def manifest_in(folder: Path) -> Path | None:
    """The manifest that lies in a folder, or None."""
    return next((folder / name for name in NAMES if (folder / name).is_file()), None)


def load_manifest(path: Path) -> Manifest:
    """Read a manifest and those that it extends.

    Raises ``ConfigError`` with file, line and near name of all that is wrong, and where it names no stage.
    """
    found = _load(path, ())
    if not any(stage.documents for stage in found.stages):
        raise ConfigError(f"{path}: names no document; write stages: [{{stage: contract, documents: [...]}}]")
    return replace(found, source=str(path), name=found.name or _name_of(path))


def schema() -> dict[str, Any]:
    """The JSON Schema of a manifest."""
    from trustaudit.journey.manifest_model import manifest_schema

    return manifest_schema()


def _name_of(path: Path) -> str:
    return path.absolute().parent.name if path.name in NAMES else path.stem


def _load(path: Path, below: tuple[Path, ...]) -> Manifest:
    """``below``: the files that extend this one, so that a circle is seen."""
    from trustaudit.journey.manifest_model import read_manifest

    own, bases = read_manifest(_read(path), path)
    merged: Manifest | None = None
    for name, line in bases:
        other = path.parent / name
        if other.resolve() in (*below, path.resolve()):
            raise ConfigError(
                f"{path}:{line}: extends {name}, which extends it in turn; take one of the two out"
            )
        if not other.is_file():
            raise ConfigError(f"{path}:{line}: extends {name}, which is not there")
        base = _load(other, (*below, path.resolve()))
        merged = base if merged is None else _over(merged, base)
    return own if merged is None else _over(merged, own)


def _over(base: Manifest, own: Manifest) -> Manifest:
    """The stronger manifest over the weaker."""
    named = {stage.name: stage for stage in own.stages}
    kept = tuple(named.pop(stage.name, stage) for stage in base.stages)
    return Manifest(
        stages=(*kept, *named.values()),
        base=own.base,
        name=own.name or base.name,
        company=own.company or base.company,
        customer=own.customer or base.customer,
        segment=own.segment or base.segment,
        audience=own.audience or base.audience,
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None


def refuse(problems: list[Problem]) -> None:
    """Raise one ``ConfigError`` that lists the problems by line; return where there are none."""
    if not problems:
        return
    lines = [str(problem) for problem in sorted(set(problems))]
    more = len(lines) - SHOWN
    raise ConfigError("\n".join([*lines[:SHOWN], *([f"… and {more} more"] if more > 0 else [])]))
