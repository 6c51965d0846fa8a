"""What a block of YAML, TOML or JSON in the pages is, by its shape, and whether the product takes it."""

from __future__ import annotations

import json
import shlex
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import yaml

from tests.docs.running import understood
from trustaudit.settings import load


def checked(language: str, text: str, folder: Path) -> str:
    """Assert that the product takes the block; returns what it is."""
    if language == "json":
        json.loads(text)
        return "json"
    if language == "sql":
        duckdb.connect().execute(text).fetchall()
        return "sql"
    if language == "toml":
        return _toml(text, folder)
    held = yaml.safe_load(text)
    for name, (fits, check) in SHAPES.items():
        if fits(held):
            check(held, text, folder)
            return name
    raise AssertionError(f"of no known shape:\n{text}")


def _toml(text: str, folder: Path) -> str:
    held = tomllib.loads(text)
    if "language-server" in held:
        assert held["language-server"]["trustaudit"]["command"] == "trustaudit"
        understood(shlex.join(["trustaudit", *held["language-server"]["trustaudit"]["args"]]))
        return "helix"
    if "project" in held:
        assert set(held["project"]["entry-points"]) == {"trustaudit.rules"}
        return "pack"
    file = folder / ("pyproject.toml" if "tool" in held else "trustaudit.toml")
    file.write_text(text, encoding="utf-8")
    load(file)
    file.unlink()
    return "settings"


def _rule(_held: Any, text: str, folder: Path) -> None:
    """It loads, and its examples hold."""
    from tests.docs.running import run

    file = folder / "shown-rules" / "house" / "shown.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    assert run("trustaudit rules test shown-rules") == ""


def _sidecar(held: Any, text: str, folder: Path) -> None:
    from trustaudit.suppression import sidecar

    shared = any("path" in entry for entry in held["ignore"])
    paper = folder / "paper.pdf"
    file = folder / sidecar.FOLDER_FILE if shared else sidecar.beside(paper)
    file.write_text(text, encoding="utf-8")
    sidecar.read(paper)
    file.unlink()


def _hooks(held: Any, _text: str, _folder: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    ours = {hook["id"]: hook for hook in yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text())}
    for hook in held["repos"][0]["hooks"]:
        understood(shlex.join([*ours[hook["id"]]["entry"].split(), *hook.get("args", []), "a.md"]))


def _pipeline(held: Any, _text: str, _folder: Path) -> None:
    """Whatever a build service runs: each line of ours has options that exist."""
    lines = [line for line in _strings(held) if line.startswith("trustaudit ")]
    actions = [line for line in _strings(held) if line.startswith("trustaudit/trustaudit@")]
    assert lines or actions
    for line in lines:
        understood(line)
    if actions:
        _action(held)


def _action(held: Any) -> None:
    """Our action has the inputs that are given to it."""
    root = Path(__file__).resolve().parents[2]
    inputs = yaml.safe_load((root / "action.yml").read_text())["inputs"]
    for step in held["jobs"]["audit"]["steps"]:
        if step.get("uses", "").startswith("trustaudit/trustaudit@"):
            assert set(step["with"]) <= set(inputs)
            understood(f"trustaudit scan a {step['with'].get('arguments', '')}")


def _vocabulary(_held: Any, text: str, folder: Path) -> None:
    from trustaudit.ruleset import load_rules

    file = folder / "shown-words" / "vocabulary.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    load_rules([file.parent])


def _journey(_held: Any, text: str, folder: Path) -> None:
    """A manifest is read; whether its papers are there is the page's own business."""
    from trustaudit.journey.manifest import load_manifest

    file = folder / "shown-journey.yaml"
    file.write_text(text, encoding="utf-8")
    load_manifest(file)


def _strings(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield from (line.strip() for line in held.splitlines())
    elif isinstance(held, dict):
        yield from (text for value in held.values() for text in _strings(value))
    elif isinstance(held, list):
        yield from (text for value in held for text in _strings(value))


def _has(*keys: str) -> Callable[[Any], bool]:
    return lambda held: isinstance(held, dict) and set(keys) <= set(map(str, held))


def _is_vocabulary(held: Any) -> bool:
    return isinstance(held, dict) and all(
        isinstance(value, list) or (isinstance(value, dict) and set(value) <= {"note", "phrases"})
        for value in held.values()
    )


SHAPES: dict[str, tuple[Callable[[Any], bool], Callable[[Any, str, Path], None]]] = {
    "rule": (_has("title", "find"), _rule),
    "sidecar": (_has("ignore"), _sidecar),
    "pre-commit": (_has("repos"), _hooks),
    "workflow": (_has("jobs"), _pipeline),
    "journey": (_has("stages"), _journey),
    "vocabulary": (_is_vocabulary, _vocabulary),
    "pipeline": (lambda held: any("trustaudit" in line for line in _strings(held)), _pipeline),
}
