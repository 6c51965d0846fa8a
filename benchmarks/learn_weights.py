"""The numbers in ``rules/terms-of-service``: ``python -m benchmarks.learn_weights [--data DIR] [--write]``.

Each rule there has phrases written by hand. This script gives them points, adds the words and short terms
that help most, and sets the bias, from labelled sentences of terms of service. Lasso logistic regression
chooses what may speak; ridge regression weighs it; the bias is the one of the best F1 on companies that
were not learned from. A term must occur with several companies, so that no name gets in, and no row of the
data is written anywhere. Needs scikit-learn (``pip install scikit-learn``); without ``--write`` it only
prints the figures.
"""

from __future__ import annotations

import argparse
import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.quality.rows import lines
from benchmarks.quality.terms_of_service import LABELS
from trustaudit import parsing
from trustaudit.audit import Audience, Kind
from trustaudit.engine.plan import Gate, Probe, match
from trustaudit.language.parties import find_sides
from trustaudit.language.reading import Reading
from trustaudit.ruleset import load_rules
from trustaudit.ruleset.pattern import Compiler

_ROOT = Path(__file__).resolve().parents[1]
_RULES = _ROOT / "rules" / "terms-of-service"
_WORD = re.compile(r"\w+|%")
_MARKS = {"ꓚ": "<company>", "ꓜ": "<customer>", "ꓐ": "<both>", "ꓠ": "<neither>", "ꓑ": "<party>"}
_PLACES = frozenset((
    "american", "america", "california", "county", "delaware", "england", "english", "europe",
    "european", "finland", "francisco", "ireland", "irish", "kingdom", "london", "luxembourg",
    "netherlands", "new", "santa", "san", "states", "texas", "u", "uk", "united", "us", "usa",
    "york",
))  # fmt: skip
KEEP = 150
"""Terms and phrases in one rule."""
_COMPANIES, _ROWS, _FOLDS = 6, 8, 5
_UPWEIGHT = {0: 1.0, 1: 4.0}  # a labelled sentence counts as four: they are rare


@dataclass(frozen=True)
class Row:
    """A labelled sentence: the features of each of its clauses."""

    company: str
    labels: frozenset[str]
    clauses: tuple[frozenset[str], ...]

    @property
    def features(self) -> frozenset[str]:
        return frozenset().union(*self.clauses)


def read(path: Path, vocabulary: Any, phrases: Sequence[str]) -> list[Row]:
    """The rows of a file as features: terms of one to three words, and phrases behind a ``~``."""
    compiler = Compiler(vocabulary)
    gate = Gate([Probe((at, 0, 0), (compiler.compile(phrase),)) for at, phrase in enumerate(phrases)])
    return [_row(record, vocabulary, gate, phrases) for record in lines(path)]


def _row(record: dict[str, Any], vocabulary: Any, gate: Gate, phrases: Sequence[str]) -> Row:
    document = parsing.parse(record["text"].encode(), "", media_type="text/plain")
    sides = find_sides(document.text, Kind.CONTRACT, (record["company"],), ())
    reading = Reading(document, Kind.CONTRACT, Audience.CONSUMER, sides, vocabulary)
    candidates = dict(gate.candidates(reading))
    clauses = []
    for number, clause in enumerate(reading.clauses):
        text = reading.clause_text(clause)
        heard = {
            f"~{phrases[at]}"
            for at in candidates.get(number, ())
            if match(gate.probes[at].patterns, text, clause.own - clause.start)
        }
        clauses.append(frozenset(heard | terms(text)))
    return Row(record["company"].lower(), frozenset(record["labels"]), tuple(clauses))


def terms(text: str) -> set[str]:
    """Runs of one to three words, as a weighted rule sees them."""
    words = [_MARKS.get(w, "<number>" if w[0].isdigit() else w) for w in _WORD.findall(text)]
    return {" ".join(words[at : at + n]) for n in (1, 2, 3) for at in range(len(words) - n + 1)}


def usable(rows: Sequence[Row]) -> list[str]:
    """Features of enough sentences and companies, without names of places, in a fixed order."""
    count: Counter[str] = Counter(feature for row in rows for feature in row.features)
    companies: dict[str, set[str]] = {}
    for row in rows:
        for feature in row.features:
            if count[feature] >= _ROWS:
                companies.setdefault(feature, set()).add(row.company)
    return sorted(
        feature
        for feature, who in companies.items()
        if feature.startswith("~") or (len(who) >= _COMPANIES and not _PLACES & set(feature.split()))
    )


def matrix(sets: Sequence[frozenset[str]], columns: dict[str, int]) -> csr_matrix:
    indices: list[int] = []
    ends = [0]
    for features in sets:
        indices += sorted(columns[feature] for feature in features if feature in columns)
        ends.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(sets), len(columns)))


@dataclass(frozen=True)
class Weights:
    """What a rule needs: columns, their points, the bias."""

    columns: Any
    points: Any
    bias: float


def fit(x: csr_matrix, y: Any, terms: Any, phrases: Any) -> Weights:
    """Weights of the rule's own phrases, and of the terms that lasso regression would keep beside them."""
    columns = np.concatenate([phrases, terms])
    lasso = LogisticRegression(penalty="l1", C=0.5, solver="liblinear", class_weight=_UPWEIGHT, tol=1e-3)
    size = np.abs(lasso.fit(x[:, columns], y).coef_[0])[len(phrases) :]
    best = np.sort(np.argsort(-size, kind="stable")[: KEEP - len(phrases)])
    kept = np.concatenate([phrases, terms[best[size[best] > 0]]])
    ridge = LogisticRegression(C=0.5, solver="liblinear", class_weight=_UPWEIGHT).fit(x[:, kept], y)
    return Weights(kept, np.round(ridge.coef_[0], 2), float(ridge.intercept_[0]))


class Data:
    """Rows with their clauses as one matrix; a row scores what its best clause scores."""

    def __init__(self, rows: Sequence[Row], columns: dict[str, int]) -> None:
        self.rows = matrix([row.features for row in rows], columns)
        self.clauses = matrix([clause for row in rows for clause in row.clauses], columns)
        self._begins = np.cumsum([0, *[max(len(row.clauses), 1) for row in rows][:-1]])
        self.groups = np.array([row.company for row in rows])
        self.gold = {label: np.array([label in row.labels for row in rows]) for label in LABELS}

    def scores(self, weights: Weights) -> Any:
        sums = self.clauses[:, weights.columns] @ weights.points + weights.bias
        return np.maximum.reduceat(sums, self._begins)


def learn(data: Data, label: str, terms: Any, phrases: Any) -> tuple[Weights, Any]:
    """The weights with their best bias, and what is found with companies that were left out."""
    gold = data.gold[label]
    held = np.zeros(len(gold))
    for inside, outside in GroupKFold(_FOLDS).split(data.rows, gold, data.groups):
        held[outside] = data.scores(fit(data.rows[inside], gold[inside], terms, phrases))[outside]
    limits = np.unique(np.quantile(held, np.linspace(0.9, 1, 400)))
    limit = max(limits, key=lambda value: f1(gold, held >= value))
    weights = fit(data.rows, gold, terms, phrases)
    shifted = Weights(weights.columns, weights.points, round(weights.bias - float(limit), 2))
    return shifted, held >= limit


def f1(gold: Any, found: Any) -> float:
    right = int((gold & found).sum())
    return 2 * right / max(int(gold.sum()) + int(found.sum()), 1)


def report(name: str, gold: dict[str, Any], found: dict[str, Any]) -> None:
    each = [f1(gold[label], found[label]) for label in LABELS]
    any_gold, any_found = np.any([*gold.values()], axis=0), np.any([*found.values()], axis=0)
    nine = (sum(each) + f1(~any_gold, ~any_found)) / 9
    by_label = " ".join(f"{value:.2f}" for value in each)
    print(
        f"{name:12} nine {nine:.3f}  eight {sum(each) / 8:.3f}  any {f1(any_gold, any_found):.3f}  {by_label}"
    )


def phrases_of(path: Path) -> list[str]:
    return [str(phrase) for phrase in yaml.safe_load(path.read_text(encoding="utf-8"))["find"]["phrases"]]


def rule_text(text: str, weights: Weights, columns: Sequence[str], phrases: Sequence[str]) -> str:
    """The rule file with new numbers: heaviest first; phrases that do not speak keep their place at 0."""
    points = dict(zip([columns[at] for at in weights.columns], map(float, weights.points), strict=True))
    heavy = sorted(points.items(), key=lambda item: (-item[1], item[0]))
    words = [f'    "{term}": {value:g}' for term, value in heavy if term[0] != "~" and value]
    spoken = [f'    "{phrase}": {points.get("~" + phrase, 0.0):g}' for phrase in phrases]
    numbers = ["  threshold: 0.0", f"  bias: {weights.bias:g}", "  terms:", *words, "  phrases:", *spoken]
    return re.sub(r"(?ms)^  threshold:.*?(?=^examples:)", lambda _: "\n".join(numbers) + "\n", text)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learn_weights", description=__doc__)
    default = os.environ.get("TRUSTAUDIT_DATA", _ROOT.parent / "shared" / "data")
    parser.add_argument("--data", type=Path, default=default)
    parser.add_argument("--write", action="store_true", help="put the numbers into the rules")
    options = parser.parse_args()
    folder = Path(options.data) / "unfair_tos"
    vocabulary = load_rules().vocabulary
    files = {label: _RULES / f"{label.replace('_', '-')}.yaml" for label in LABELS}
    phrases = sorted({phrase for path in files.values() for phrase in phrases_of(path)})
    seen = {name: read(folder / f"{name}.jsonl", vocabulary, phrases) for name in ("train", "validation")}
    unseen = {row.company for row in seen["validation"]}
    natural = [
        row for row in read(folder / "natural_dev.jsonl", vocabulary, phrases) if row.company not in unseen
    ]
    rows = [*seen["train"], *natural]
    columns = usable(rows)
    index = {feature: at for at, feature in enumerate(columns)}
    data, check = Data(rows, index), Data(seen["validation"], index)
    words = np.array([at for at, feature in enumerate(columns) if feature[0] != "~"])
    held: dict[str, Any] = {}
    checked: dict[str, Any] = {}
    for label, path in files.items():
        own = phrases_of(path)
        spoken = np.array([index[f"~{phrase}"] for phrase in own if f"~{phrase}" in index])
        weights, held[label] = learn(data, label, words, spoken)
        checked[label] = check.scores(weights) >= 0
        if options.write:
            text = rule_text(path.read_text(encoding="utf-8"), weights, columns, own)
            path.write_text(text, encoding="utf-8")
    split = len(seen["train"])
    report("train", {k: v[:split] for k, v in data.gold.items()}, {k: v[:split] for k, v in held.items()})
    report("natural", {k: v[split:] for k, v in data.gold.items()}, {k: v[split:] for k, v in held.items()})
    report("validation", check.gold, checked)


if __name__ == "__main__":
    main()
