"""A rules folder to write into, and a cache of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from trustaudit.ruleset import cache

GOOD = """\
title: One side may change the terms alone
severity: {consumer: critical, business: major}
severity_reason: It can take back every other promise.
confidence: high
effect: withdrawal
topic: change
applies_to: [contract, term-sheet]
why: A promise that one side can rewrite is not a promise.
advice: Give notice.
rewrite: We will tell you 30 days before a change.
references:
  - {name: "A law, Annex 1(j)", url: "https://example.org/law", checked_on: 2026-01-31}
labels: {unfair_tos: unilateral_change}
find:
  kind: phrases
  any:
    - <company> may ... (modify|change)
unless:
  - with <customer>'s consent
examples:
  flagged:
    - «We may modify» these terms.
    - «We may at any time change» them.
    - Sometimes «we may change» them.
  clean:
    - You may change them.
    - We may modify these terms with your consent.
    - Nobody changes anything.
"""


class RulesFolder:
    """A folder of rule files that a test writes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, relative: str, text: str | bytes = GOOD) -> Path:
        """Write one file of the folder; without a text, a good rule."""
        path = self.root / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        return path

    def changed(self, relative: str, *changes: tuple[str, str]) -> Path:
        """Write the good rule with some of its text replaced."""
        text = GOOD
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        return self.write(relative, text)


@pytest.fixture
def good_rule() -> str:
    """The text of a rule file in which every usual key stands."""
    return GOOD


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RulesFolder:
    """An empty rules folder, below the working directory so that errors show short paths."""
    root = tmp_path / "rules"
    root.mkdir()
    monkeypatch.chdir(tmp_path)
    return RulesFolder(root)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("cache")
    monkeypatch.setattr("trustaudit.ruleset.cache.cache_dir", lambda: home)
    cache.forget()
