"""The settings as values, and which of them hold for one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

KINDS = ("auto", "contract", "term-sheet", "message")
AUDIENCES = ("auto", "consumer", "business")
FAIL_ON = ("info", "minor", "major", "critical", "never")
FORMATS = (
    "terminal", "html", "markdown", "json", "sarif", "junit", "gitlab", "github", "csv", "checkstyle",
    "jsonl",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PathSettings:
    """What differs for the files that ``match`` (a gitignore pattern, relative to the configuration file)."""

    match: str
    kind: str | None = None
    audience: str | None = None
    company: tuple[str, ...] | None = None
    customer: tuple[str, ...] | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SeverityOverride:
    """How bad a rule's findings are to this team, and why it sees them so."""

    rule: str
    severity: str
    reason: str


@dataclass(frozen=True)
class Settings:
    """One run's settings. ``source`` is the file they come from, or None where all are defaults."""

    company: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    kind: str = "auto"
    audience: str = "auto"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()  # absolute
    fail_on: str = "major"
    max_fine_print: float | None = None  # 0..1, share of the words
    min_score: float | None = None  # 0..100
    baseline: Path | None = None  # absolute
    no_worse: bool = False
    jobs: int = 1  # 0: one for each core
    format: str | None = None  # None: by the name of the output, or the terminal's
    exclude: tuple[str, ...] = ()  # gitignore patterns, relative to the configuration file
    paths: tuple[PathSettings, ...] = ()
    packs: tuple[str, ...] = ()  # installed rule packs, by the names of their entry points
    severity: tuple[SeverityOverride, ...] = ()
    extends: tuple[Path, ...] = ()  # absolute; the files that these settings build on
    origins: Mapping[str, Path] = field(default_factory=dict, compare=False)  # key -> the file that sets it
    added: Mapping[str, tuple[Path, ...]] = field(default_factory=dict, compare=False)  # of keys that add up
    source: Path | None = None

    @property
    def base(self) -> Path:
        """The folder that patterns are relative to."""
        return self.source.parent if self.source else Path.cwd()

    def with_given(self, **given: Any) -> Settings:
        """These settings with what the command line gave; None and empty tuples mean *not given*.

        What is given outranks the per-path settings too, so it is taken out of them.
        """
        kept = {key: value for key, value in given.items() if value is not None and value != ()}
        unset: dict[str, Any] = {key: None for key in kept if key in _OVERRIDABLE}
        paths = tuple(replace(entry, **unset) for entry in self.paths)
        origins = {key: file for key, file in self.origins.items() if key not in kept or key == "rules"}
        return replace(self, **kept, paths=paths, origins=origins)

    def for_path(self, path: Path) -> Settings:
        """The settings for one file: every matching entry of ``paths``, the later over the earlier."""
        settings = self
        for entry in self.paths:
            if _matches(entry.match, self.base, path):
                changed = {key: value for key in _OVERRIDABLE if (value := getattr(entry, key)) is not None}
                settings = replace(settings, **changed)
        return settings


_OVERRIDABLE = tuple(each.name for each in fields(PathSettings) if each.name != "match")


def _matches(pattern: str, base: Path, path: Path) -> bool:
    """Whether a gitignore pattern, relative to ``base``, matches a file; never where it is outside of it."""
    from pathspec import GitIgnoreSpec

    try:
        inside = path.absolute().relative_to(base)
    except ValueError:
        return False
    return GitIgnoreSpec.from_lines([pattern]).match_file(inside.as_posix())
