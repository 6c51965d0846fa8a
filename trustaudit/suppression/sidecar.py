"""Suppressions beside the document, for formats that have no comments.

``contract.pdf.trustaudit.yaml`` speaks of ``contract.pdf``; ``.trustaudit-ignore.yaml`` of what lies in its
folder and below, each entry with the ``path`` pattern it is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from trustaudit.errors import ConfigError
from trustaudit.suppression.values import Read, Suppression
from trustaudit.suppression.words import day, is_reason, rule_names

SUFFIX = ".trustaudit.yaml"
FOLDER_FILE = ".trustaudit-ignore.yaml"
KEYS = ("rule", "fingerprint", "quote", "reason", "until", "path")
_LARGEST = 1_000_000  # bytes of a sidecar


@dataclass(frozen=True, slots=True)
class _Entry:
    suppression: Suppression
    path: str  # a gitignore pattern, in a folder's file; else empty


def beside(document: Path) -> Path:
    """Where the sidecar of a document is."""
    return document.with_name(document.name + SUFFIX)


def read(document: Path, base: Path | None = None) -> Read:
    """What the sidecar and the folders' files, from the document's up to ``base``, say about a document.

    Raises ``ConfigError`` with file and entry where one of them cannot be used.
    """
    own = beside(document)
    entries = [entry.suppression for entry in _entries(own)] if own.is_file() else []
    absolute = document.absolute()
    for folder in _folders(absolute.parent, base):
        listed = folder / FOLDER_FILE
        if listed.is_file():
            inside = absolute.relative_to(folder).as_posix()
            entries += [entry.suppression for entry in _entries(listed) if _matches(entry.path, inside)]
    return Read(tuple(entries))


def orphan(sidecar: Path) -> bool:
    """Whether the file that a sidecar speaks of is gone."""
    return not sidecar.with_name(sidecar.name.removesuffix(SUFFIX)).exists()


def _folders(start: Path, base: Path | None) -> Iterator[Path]:
    yield start
    if base is not None and start != base and start.is_relative_to(base):
        for folder in start.parents:
            yield folder
            if folder == base:
                return


def _matches(pattern: str, inside: str) -> bool:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines([pattern]).match_file(inside)


def _entries(path: Path) -> tuple[_Entry, ...]:
    try:
        stamp = path.stat()
        if stamp.st_size > _LARGEST:
            raise ConfigError(f"{path}: larger than {_LARGEST:,} bytes: is this a list of suppressions?")
        return _loaded(path, path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text; save it as UTF-8") from None


@lru_cache(maxsize=64)
def _loaded(path: Path, text: str) -> tuple[_Entry, ...]:
    """The entries of a file with this text; the same folder's file is asked for every document below it."""
    table = _yaml(path, text)
    if table is None:
        return ()
    listed = table.get("ignore") if isinstance(table, dict) and set(table) == {"ignore"} else None
    if not isinstance(listed, list):
        raise ConfigError(f'{path}: must hold one list, "ignore:", of entries with rule and reason')
    return tuple(_entry(path, number, entry) for number, entry in enumerate(listed, 1))


def _yaml(path: Path, text: str) -> Any:
    import yaml

    try:
        return yaml.load(text, Loader=_Loader.plain())  # noqa: S506  # a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise ConfigError(f"{place}: not valid YAML: {getattr(error, 'problem', None) or error}") from None
    except (ValueError, RecursionError) as error:  # 2027-13-01 looks like a day to YAML, and is none
        raise ConfigError(f"{path}: not valid YAML: {error}") from None


class _Loader:
    """YAML's safe loader that leaves days as they are written, so that a wrong one is ours to explain."""

    @staticmethod
    def plain() -> Any:
        import yaml

        class Plain(yaml.SafeLoader):
            yaml_implicit_resolvers = {  # noqa: RUF012  # as its parent has it
                first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
                for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
            }

        return Plain


def _entry(path: Path, number: int, entry: Any) -> _Entry:
    """One entry, checked."""
    where = f"{path}: entry {number}"
    if not isinstance(entry, dict):
        raise ConfigError(f"{where}: must have the keys rule and reason")
    for key in entry:
        if key not in KEYS:
            near = get_close_matches(str(key), KEYS, n=1)
            hint = f'did you mean "{near[0]}"?' if near else f"known: {', '.join(KEYS)}"
            raise ConfigError(f'{where}: unknown key "{key}"; {hint}')
    for key, value in entry.items():
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(f"{where}: {key} must be a text (put it in quotes)")
    shared = path.name == FOLDER_FILE
    if shared != ("path" in entry):
        wrong = 'needs path, a pattern such as "*.pdf"' if shared else "has a path, but speaks of one file"
        raise ConfigError(f"{where}: {wrong}")
    return _Entry(_suppression(where, entry), entry.get("path", ""))


def _suppression(where: str, entry: Mapping[str, str]) -> Suppression:
    try:
        rules = rule_names(entry.get("rule", ""))
        until: date | None = day(entry["until"]) if "until" in entry else None
    except ValueError as error:
        raise ConfigError(f"{where}: {error}".replace("ignore[rule/id]", "rule: family/name")) from None
    if not is_reason(entry.get("reason", "")):
        raise ConfigError(f"{where}: gives no reason; add reason: and, behind it, why")
    return Suppression(
        rules, " ".join(entry["reason"].split()), where, until,
        fingerprint=entry.get("fingerprint", "").strip(), quote=entry.get("quote", ""),
    )  # fmt: skip
