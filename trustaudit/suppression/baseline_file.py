"""The baseline as a file: JSON, sorted, versioned; documents are named relative to its folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from trustaudit.audit import Audit, Severity
from trustaudit.errors import ConfigError, UsageError
from trustaudit.suppression.baseline import Baseline, Before, Known, merged

SCHEMA = "trustaudit/baseline/1"
_KIND = "trustaudit/baseline/"


def key(document: str, file: Path) -> str:
    """A document's name in a baseline file: its path from the file's folder, with forward slashes."""
    path = Path(document)
    if not path.exists():  # standard input under the name that it was given
        return document
    try:
        return Path(os.path.relpath(path.absolute(), file.absolute().parent)).as_posix()
    except ValueError:  # another drive
        return path.absolute().as_posix()


def load(file: Path) -> Baseline:
    """Read a baseline. Raises ``ConfigError`` where it is missing, broken or of another version."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(f"{file}: no such baseline; make it with --write-baseline {file}") from None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: is no baseline: not UTF-8 text") from None
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{file}: is no baseline, or a damaged one: {error}") from None
    _check_version(file, table)
    try:
        documents = {str(name): _before(value) for name, value in table["documents"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = f"no {error} in it" if isinstance(error, KeyError) else str(error)
        raise ConfigError(f"{file}: is a damaged baseline: {what}") from None
    return Baseline(documents, where=file.name)


def _check_version(file: Path, table: Any) -> None:
    schema = table.get("schema") if isinstance(table, dict) else None
    if schema == SCHEMA:
        return
    if isinstance(schema, str) and schema.startswith(_KIND):
        raise ConfigError(
            f'{file}: is a baseline of another version, "{schema}"; this trustaudit reads "{SCHEMA}": '
            "delete it and write a new one with --write-baseline"
        )
    raise ConfigError(f'{file}: is no baseline: its "schema" is not "{SCHEMA}"')


def _before(value: Any) -> Before:
    findings = tuple(
        Known(
            _text(each["rule"]), _text(each["fingerprint"]), Severity(each["severity"]), _text(each["quote"])
        )
        for each in value["findings"]
    )
    return Before(findings, _number(value.get("score")), _number(value.get("fine_print")))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _number(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is not a number")
    return float(value)


def dump(baseline: Baseline) -> str:
    """The file's text: the same for the same baseline, and a difference is readable."""
    documents = {name: _document(was) for name, was in sorted(baseline.documents.items())}
    table = {"schema": SCHEMA, "documents": documents}
    return json.dumps(table, ensure_ascii=False, indent=1).encode("utf-8", "replace").decode() + "\n"


def _document(was: Before) -> dict[str, Any]:
    findings = [_known(each) for each in was.findings]
    return {"score": was.score, "fine_print": was.fine_print, "findings": findings}


def _known(each: Known) -> dict[str, str]:
    return {
        "rule": each.rule,
        "fingerprint": each.fingerprint,
        "severity": each.severity.value,
        "quote": each.quote,
    }


def write(file: Path, audits: Mapping[str, Audit]) -> Baseline:
    """Write what was found, over what the file holds of other documents; gives what it holds now.

    The file is there whole or not at all, and two runs at once do not lose each other's documents. Raises
    ``ConfigError`` where what stands there is no baseline of this version: it is not overwritten.
    """
    try:
        with _alone(file):
            regular = file.is_file()
            old = load(file) if regular else Baseline(where=file.name)
            gone = [name for name in old.documents if not (file.absolute().parent / name).exists()]
            made = merged(old, audits, gone)
            _put(file, dump(made))
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror or error}") from None
    return made


def _put(file: Path, text: str) -> None:
    from trustaudit.report.files import replace_bytes

    if file.exists() and not file.is_file():  # a device or a pipe is written to, not replaced
        file.write_text(text, encoding="utf-8")
        return
    replace_bytes(file.resolve(), text.encode("utf-8"), "the baseline")


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Hold the folder's lock, where the system has one, from reading to writing; no file is left behind."""
    try:
        import fcntl
    except ImportError:  # Windows: the last run wins, the file is whole all the same
        yield
        return
    folder = os.open(file.absolute().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
