"""What trustaudit knows of journeys: ``rules/journey.yaml``, read and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trustaudit import resources
from trustaudit.journey_audit import STAGES
from trustaudit.ruleset.data import read_data
from trustaudit.ruleset.problems import Problem, near, refuse
from trustaudit.ruleset.yaml_file import YamlFile

FILE = "journey.yaml"
_SECTIONS = ("score", "account", "least", "stages", "channels", "waiting")
_STAGE_KEYS = ("title", "weight", "before", "files", "purposes", "kinds", "says")
_SCORE = ("mean", "worst", "stage_mean", "stage_worst", "steps", "half_at")
_ACCOUNT = ("streak_from", "streak_factor")
_WORDS = ("stages", "deciders", "asks", "duties", "steps")
_WAITING = ("stages", "yes", "no", "deciders", "asks", "duties", "steps", "worth")


@dataclass(frozen=True, slots=True)
class StageKind:
    """A usual stage, and the points that tell that a document belongs to it."""

    id: str
    title: str
    weight: float
    before: bool  # people are not customers yet
    files: Mapping[str, float]
    purposes: Mapping[str, float]
    kinds: Mapping[str, float]
    says: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class WaitingData:
    """Where and how it is judged that a customer waits; ``yes`` and ``no`` hold rules by question."""

    stages: tuple[str, ...]
    yes: Mapping[str, tuple[str, ...]]
    no: Mapping[str, tuple[str, ...]]
    deciders: tuple[str, ...]  # words by which somebody decides
    asks: tuple[str, ...]  # words of asking
    duties: tuple[str, ...]
    steps: tuple[str, ...]  # what must be done to ask
    worth: tuple[float, ...]  # of one step, two steps …; of more, nothing

    @property
    def rules(self) -> tuple[str, ...]:
        """All rules that answer a question, each once."""
        named = (*self.yes.values(), *self.no.values())
        return tuple(dict.fromkeys(rule for rules in named for rule in rules))


@dataclass(frozen=True, slots=True)
class JourneyData:
    """Weights are explained in the file itself."""

    mean: float
    worst: float
    stage_mean: float
    stage_worst: float
    steps: int
    half_at: float
    streak_from: int
    streak_factor: float
    least: float
    stages: tuple[StageKind, ...]
    channels: Mapping[str, str]
    waiting: WaitingData

    def stage(self, name: str) -> StageKind | None:
        """The usual stage of this name, or None where the name is the user's own."""
        return next((stage for stage in self.stages if stage.id == name), None)


def journey_data() -> JourneyData:
    """The data that come with trustaudit."""
    return _load(resources.rules_dir() / FILE)


@cache
def _load(path: Path) -> JourneyData:
    return read_journey_data(path.read_bytes(), path.name)


def read_journey_data(source: bytes, path: str) -> JourneyData:
    """The data from YAML; ``RuleError`` names file and line of what is wrong."""
    return _Reader(read_data(source), path).data()


class _Reader:
    """Reads section by section, and collects what is wrong."""

    def __init__(self, file: YamlFile, path: str) -> None:
        self._file, self._path = file, path
        self._problems = [Problem(path, line, message) for line, message in file.faults]
        self._data: Mapping[str, Any] = file.data if isinstance(file.data, dict) else {}
        if not isinstance(file.data, dict):
            self._fault([], "the file must be a mapping of sections")
        refuse(self._problems)

    def data(self) -> JourneyData:
        self._known([], self._data, _SECTIONS)
        score = {name: self._weight(["score", name]) for name in _SCORE}
        account = {name: self._weight(["account", name]) for name in _ACCOUNT}
        least = self._number(["least"], self._data.get("least"))
        stages = tuple(self._stage(name) for name in self._mapping(["stages"]))
        channels = {str(k): str(v) for k, v in self._mapping(["channels", "files"]).items()}
        waiting = self._waiting()
        for name in sorted(set(STAGES) - {stage.id for stage in stages}):
            self._fault(["stages"], f"the stage '{name}' is missing")
        refuse(self._problems)
        return JourneyData(
            mean=score["mean"], worst=score["worst"], stage_mean=score["stage_mean"],
            stage_worst=score["stage_worst"], steps=int(score["steps"]), half_at=score["half_at"],
            streak_from=int(account["streak_from"]), streak_factor=account["streak_factor"],
            least=least, stages=stages, channels=channels, waiting=waiting,
        )  # fmt: skip

    def _fault(self, where: Sequence[str | int], message: str) -> None:
        self._problems.append(Problem(self._path, self._file.line(where), message))

    def _known(self, where: list[str | int], found: Mapping[str, Any], keys: Sequence[str]) -> None:
        for key in found:
            if key not in keys:
                self._fault([*where, key], f"unknown key '{key}'.{near(key, keys)}")

    def _at(self, where: Sequence[str | int]) -> Any:
        value: Any = self._data
        for part in where:
            value = value.get(part) if isinstance(value, dict) else None
        return value

    def _mapping(self, where: list[str | int]) -> Mapping[str, Any]:
        value = self._at(where)
        if not isinstance(value, dict):
            self._fault(where, f"'{where[-1]}' is missing, or is no mapping")
            return {}
        return value

    def _number(self, where: list[str | int], value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            self._fault(where, f"'{where[-1]}' must be a number, 0 or more")
            return 0.0
        return float(value)

    def _weight(self, where: list[str | int]) -> float:
        """The value of ``{value: …, reason: …}``; a weight without a reason is refused."""
        entry = self._at(where)
        if not isinstance(entry, dict) or set(entry) != {"value", "reason"} or not entry["reason"]:
            self._fault(where, "write {value: …, reason: …}: every weight says why")
            return 0.0
        return self._number(where, entry["value"])

    def _points(self, where: list[str | int]) -> Mapping[str, float]:
        return {str(key): self._number([*where, key], value) for key, value in self._mapping(where).items()}

    def _words(self, where: list[str | int], value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            self._fault(where, f"'{where[-1]}' must be a list of words")
            return ()
        return tuple(value)

    def _stage(self, name: str) -> StageKind:
        entry = self._mapping(["stages", name])
        self._known(["stages", name], entry, _STAGE_KEYS)
        if name not in STAGES:
            self._fault(["stages", name], f"no stage is called '{name}'.{near(name, STAGES)}")
        return StageKind(
            name,
            str(entry.get("title", name)),
            self._number(["stages", name, "weight"], entry.get("weight", 1)),
            entry.get("before") is True,
            self._points(["stages", name, "files"]),
            self._points(["stages", name, "purposes"]),
            self._points(["stages", name, "kinds"]),
            self._points(["stages", name, "says"]),
        )

    def _waiting(self) -> WaitingData:
        entry = self._mapping(["waiting"])
        self._known(["waiting"], entry, _WAITING)
        rules = {
            side: {
                str(question): self._words(["waiting", side, question], ids)
                for question, ids in self._mapping(["waiting", side]).items()
            }
            for side in ("yes", "no")
        }
        return WaitingData(
            yes=rules["yes"],
            no=rules["no"],
            worth=tuple(self._points(["waiting", "worth"]).values()),
            **{name: self._words(["waiting", name], entry.get(name)) for name in _WORDS},
        )
