"""A text in an editor, audited as ``trustaudit scan`` of its file would: settings, rules, suppressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from trustaudit import pipeline, ruleset, settings
from trustaudit.annotate.fixes import FIXABLE, Edit, offered
from trustaudit.audit import Audit
from trustaudit.errors import TrustauditError, UnreadableError
from trustaudit.parsing.encoding import decode
from trustaudit.report.issues import Issue, issues
from trustaudit.ruleset.rule import Rule
from trustaudit.settings import Settings
from trustaudit.settings.packs import folders as installed
from trustaudit.suppression import apply, baseline_file, comments, sidecar, unknown_rules
from trustaudit.suppression.baseline import Baseline, hide

_OURS = frozenset({".trustaudit-ignore.yaml", "trustaudit-baseline.json"})
_NO_PAPER = frozenset({".toml", ".py", ".js", ".ts", ".css", ".lock", ".sh"})


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a line (from 1) of the text that is no finding: a suppression without effect."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be said of a text. ``trouble`` is an error that the user must mend before there is more."""

    text: str
    data: bytes = b""  # as it was read, where the document's places are counted in bytes
    shift: int = 0  # characters of the text before those that were read: a byte-order mark
    audit: Audit | None = None
    issues: tuple[Issue, ...] = ()
    notes: tuple[Note, ...] = ()
    edits: tuple[Edit, ...] = ()  # the safe changes that rules declare; offsets of what was read
    trouble: str = ""


def check(text: str, path: Path, today: date) -> Checked:
    """Audit what an editor shows of a file, saved or not. Never raises an error that a user can cause."""
    try:
        found = _settings(path)
        if _left_out(path, found):
            return Checked(text)
        return _checked(text, path, found, today)
    except UnreadableError as error:
        return Checked(text, notes=(Note(1, f"cannot be read: {error}"),))
    except TrustauditError as error:
        return Checked(text, trouble=str(error))


def _settings(path: Path) -> Settings:
    """As on the command line: the nearest file above the document, else above the working folder."""
    nearest = settings.find(path.parent) or settings.find(Path.cwd())
    return settings.load(nearest) if nearest else Settings()


def _left_out(path: Path, found: Settings) -> bool:
    """Whether this is no document: a file of ours, a program, or what the settings exclude."""
    if path.name in _OURS or path.name.endswith(sidecar.SUFFIX) or path.suffix.lower() in _NO_PAPER:
        return True
    if not found.exclude or not path.absolute().is_relative_to(found.base):
        return False
    from pathspec import GitIgnoreSpec

    inside = path.absolute().relative_to(found.base).as_posix()
    return GitIgnoreSpec.from_lines(found.exclude).match_file(inside)


def _checked(text: str, path: Path, found: Settings, today: date) -> Checked:
    data = encoded(text, path)
    audit = pipeline.scan(data, name=str(path), **_asked(path, found))
    said = sidecar.read(path, found.base if found.source else None) + comments.read(audit.document, data)
    applied = apply(audit, said, today=today)
    lines = (*applied.notes, *unknown_rules(said.suppressions, {rule.id for rule in _rules(found)}))
    audit = applied.audit
    if found.baseline is not None:
        known = _baseline(found.baseline, found.baseline.stat().st_mtime_ns if found.baseline.exists() else 0)
        audit = hide(audit, baseline_file.key(str(path), found.baseline), known)
    edits = _edits(data, audit, found)
    counted = data if audit.document.media_type == "message/rfc822" else b""
    shift = 1 if decode(data).bom and not counted else 0
    return Checked(
        text, counted, shift, audit, issues([audit]), tuple(_notes(lines, audit.document.name)), edits
    )


def _asked(path: Path, found: Settings) -> dict[str, Any]:
    """The keyword arguments of the scan."""
    own = found.for_path(path)
    keys = ("company", "customer", "kind", "audience", "select", "ignore")
    overrides = tuple((each.rule, each.severity, each.reason) for each in own.severity)
    rules = (*installed(found.packs), *found.rules)
    return {key: getattr(own, key) for key in keys} | {"severity": overrides, "rules": rules}


def _rules(found: Settings) -> tuple[Rule, ...]:
    return ruleset.load_rules((*installed(found.packs), *found.rules)).rules


def _edits(data: bytes, audit: Audit, found: Settings) -> tuple[Edit, ...]:
    if audit.document.media_type not in FIXABLE:
        return ()
    return offered(data, audit, {rule.id: rule.fix for rule in _rules(found) if rule.fix is not None})


@lru_cache(maxsize=4)
def _baseline(file: Path, _changed: int) -> Baseline:
    return baseline_file.load(file)


def encoded(text: str, path: Path) -> bytes:
    """The text as bytes that are read as this text again.

    An e-mail says itself how its bytes are to be read, so it keeps the encoding that its file has.
    """
    if path.suffix.lower() in {".eml", ".mht", ".mhtml"}:
        try:
            return text.encode(decode(path.read_bytes()).encoding)
        except (OSError, UnicodeEncodeError, LookupError):
            pass  # not saved yet, or with letters that the file's encoding does not have
    return text.encode("utf-8", "replace")


def _notes(lines: Iterable[str], name: str) -> Iterable[Note]:
    """Lines that speak of this document, by their number; those about sidecars belong elsewhere."""
    for line in lines:
        found = re.match(rf"{re.escape(name)}:(\d+): (.*)", line, re.DOTALL)
        if found:
            yield Note(int(found[1]), found[2])
