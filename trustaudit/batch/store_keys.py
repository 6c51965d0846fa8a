"""What a stored result depends on, as hashes: the file, its name, the rules, the code, and what was asked.

Nothing here compiles a rule: a run that finds everything in its store must not pay for what it does not need.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

FORMAT = 1
"""Raise it where stored texts or audits are packed in another way."""

_SPLIT = re.compile(r"[^a-z0-9]+")
_PACKAGE = Path(__file__).resolve().parents[1]
_READING = ("document.py", "parsing")
_REPORTING = ("audit.py", "report", "cli/output.py", "cli/pictures.py")
_JUDGING = ("audit.py", "pipeline.py", "resources.py", "language", "ruleset", "engine", "metrics", "scoring")


@lru_cache(maxsize=1)
def reader_key() -> str:
    """The hash of the code that reads files: a cached text holds as long as it is the same."""
    return _of_code(_READING, f"{FORMAT} {_version()}")


def rules_key(folders: Sequence[str | Path] = ()) -> str:
    """The hash of all that decides a result beside the text and what was asked: code, rules, weights.

    ``folders`` are rules beside our own. Raises ``RuleError`` where one cannot be read.
    """
    from trustaudit.resources import data_sha256, rules_dir
    from trustaudit.ruleset.files import read_folders

    hashed = sha256(_of_code(_JUDGING, reader_key()).encode() + data_sha256().encode())
    for folder in read_folders([rules_dir(), *map(Path, folders)]):
        hashed.update(f"folder of {len(folder.files)}\n".encode())
        for file in folder.files:
            hashed.update(f"{len(file.data)} {file.relative}\n".encode("utf-8", "surrogateescape"))
            hashed.update(file.data)
    return hashed.hexdigest()


def report_key(parts: Sequence[Any]) -> str:
    """The hash of all that decides a report's bytes: what it is made of, and the code and templates."""
    from trustaudit.resources import templates_dir

    hashed = sha256(_of_code(_REPORTING, reader_key()).encode())
    for path in sorted(templates_dir().iterdir()):
        hashed.update(path.name.encode() + b"\0" + path.read_bytes())
    hashed.update(json.dumps(parts).encode())
    return hashed.hexdigest()


def request_key(wanted: Mapping[str, Any]) -> tuple[str, str]:
    """The hash of what was asked (all but the rules' folders), and the same as JSON for people."""
    told = {key: value for key, value in wanted.items() if key != "rules"}
    text = json.dumps(told, sort_keys=True, default=list)
    return sha256(text.encode()).hexdigest(), text


def called(name: str) -> str:
    """What of a file's name may decide how a text is read: its suffixes, and whether it names a subject."""
    last = name.lower().replace("\\", "/").rpartition("/")[2]
    suffixes = ".".join(last.split(".")[1:])
    return f"subject.{suffixes}" if last.endswith(f"subject.{suffixes}") else suffixes


def called_as(media_type: str, name: str) -> str:
    """As ``called``; nothing for types that are told by the content alone."""
    by_name = media_type.startswith("text/") or media_type == "message/rfc822"
    return called(name) if by_name else ""


def signs(name: str) -> str:
    """What a file's path may say to a message's rules: its channel, and the words known for purposes.

    Those stand in the last two parts of the path.
    """
    from trustaudit.language.channels import channel_named
    from trustaudit.language.purposes import table

    path = "/".join(name.lower().replace("\\", "/").split("/")[-2:])
    words = f"_{'_'.join(piece for piece in _SPLIT.split(path) if piece)}_"
    known = sorted({piece for piece, *_ in table().files if f"_{piece.strip('_')}_" in words})
    return " ".join([channel_named(name), *known])


def _version() -> str:
    from trustaudit import __version__

    return __version__


@lru_cache(maxsize=4)
def _of_code(names: tuple[str, ...], before: str) -> str:
    hashed = sha256(before.encode())
    for name in names:
        path = _PACKAGE / name
        files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        for file in files:
            hashed.update(file.relative_to(_PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return hashed.hexdigest()
