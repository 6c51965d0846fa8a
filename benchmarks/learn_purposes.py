"""The points in ``rules/purpose-signs.yaml``: ``python -m benchmarks.learn_purposes [--data DIR] [--write]``.

Ridge regression of the odds of each purpose on the classes of words that a message shows, the points of
the phrases of ``rules/purposes.yaml`` and those of the file's name. The messages are our own labelled ones
and, where they are there, the labelled real ones; of the latter only these points remain. Cross-validation
leaves out whole sets, so that the figure says how it does on messages of another hand. Needs scipy.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.quality.rows import lines
from trustaudit import parsing
from trustaudit.audit import Audience, Kind
from trustaudit.language.message import Message
from trustaudit.language.parties import find_sides
from trustaudit.language.purposes import PURPOSES, Shown, shown
from trustaudit.language.reading import Reading
from trustaudit.language.signs import FORMS

_ROOT = Path(__file__).resolve().parents[1]
_FILE = _ROOT / "rules" / "purpose-signs.yaml"
_LABELLED = _ROOT / "tests" / "messages" / "labelled"
_MARK = "\n# Learned: do not edit below.\n"
_RIDGE = 1.0
_OWN_FOLDS = 5
_SLIGHT = 0.08  # points less than this are left out
_FRESH = 2.0  # a message of a set that no word list was made with counts as so many


@dataclass(frozen=True)
class Row:
    origin: str
    purpose: str
    shown: Shown
    weight: float = 1.0


def rows(data: Path) -> Iterator[Row]:
    """Every labelled message as what it shows."""
    for path in sorted(_LABELLED.glob("*.yaml")):
        fresh = _FRESH if path.stem.startswith("round") else 1.0
        for record in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield Row(path.stem, record["purpose"], _shown(record["text"].encode()), fresh)
    for name in ("messages", "messages_written"):
        if (data / "labels" / f"{name}.jsonl").exists():
            for record in lines(data / "labels" / f"{name}.jsonl"):
                yield Row(name, record["kind"], _shown(*_content(record, data)))


def _content(record: dict[str, str], data: Path) -> tuple[bytes, str]:
    if "text" in record:
        return record["text"].encode(), ""
    return (data / record["document"]).read_bytes(), str(data / record["document"])


def _shown(content: bytes, name: str = "") -> Shown:
    plain = not name and not content.lstrip().startswith(b"<")
    document = parsing.parse(content, name, media_type="text/plain" if plain else None)
    sides = find_sides(document.text, Kind.MESSAGE)
    message = Message(Reading(document, Kind.MESSAGE, Audience.CONSUMER, sides, {}))
    return shown(message.parts, document)


Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    hand: float
    file: float
    bias: Matrix
    points: Matrix  # class x purpose

    def odds(self, data: Sequence[Row], names: Sequence[str]) -> Matrix:
        signs, hand, file = matrices(data, names)
        return np.asarray(signs @ self.points + self.bias + self.hand * hand + self.file * file)


def matrices(data: Sequence[Row], names: Sequence[str]) -> tuple[Matrix, Matrix, Matrix]:
    signs = np.array([[row.shown.signs.get(name, 0.0) for name in names] for row in data])
    hand = np.array([[row.shown.phrases.get(purpose, 0.0) for purpose in PURPOSES] for row in data])
    file = np.array([[row.shown.file.get(purpose, 0.0) for purpose in PURPOSES] for row in data])
    return signs, hand, file


def expected(names: Sequence[str]) -> tuple[Matrix, Matrix]:
    """What we expect each class to say, and the bias, before anything is learned."""
    table = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    points = [[table["expected"].get(name, {}).get(purpose, 0.0) for purpose in PURPOSES] for name in names]
    return np.array(points), np.array([table["expected_bias"].get(purpose, 0.0) for purpose in PURPOSES])


def fit(data: Sequence[Row], names: Sequence[str]) -> Fitted:
    """The least penalised loss: softmax over the purposes, ridge towards what is expected."""
    prior, bias = expected(names)
    signs, hand, file = matrices(data, names)
    gold = np.array([[row.purpose == purpose for purpose in PURPOSES] for row in data], dtype=float)
    weight = np.array([row.weight for row in data])[:, None]
    size, kinds = len(names), len(PURPOSES)

    def unpack(flat: Matrix) -> Fitted:
        return Fitted(flat[0], flat[1], flat[2 : 2 + kinds], flat[2 + kinds :].reshape(size, kinds))

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        now = unpack(flat)
        odds = signs @ now.points + now.bias + now.hand * hand + now.file * file
        odds -= odds.max(axis=1, keepdims=True)
        share = np.exp(odds)
        share /= share.sum(axis=1, keepdims=True)
        wrong = weight * (share - gold)
        value = -float((weight * gold * np.log(share + 1e-12)).sum())
        value += _RIDGE / 2 * float(((now.points - prior) ** 2).sum() + ((now.bias - bias) ** 2).sum())
        slope = np.concatenate([
            [(wrong * hand).sum(), (wrong * file).sum()],
            wrong.sum(axis=0) + _RIDGE * (now.bias - bias),
            (signs.T @ wrong + _RIDGE * (now.points - prior)).ravel(),
        ])  # fmt: skip
        return value, slope

    start = np.concatenate([[0.3, 0.3], bias, prior.ravel()])
    bounds = [(0.05, 1.0), (0.05, 2.0)] + [(None, None)] * (len(start) - 2)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return unpack(found.x)


def right(fitted: Fitted, data: Sequence[Row], names: Sequence[str]) -> float:
    best = fitted.odds(data, names).argmax(axis=1)
    return float(np.mean([PURPOSES[at] == row.purpose for at, row in zip(best, data, strict=True)]))


def held_out(data: Sequence[Row], names: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Each set judged by what was learned from the others."""
    for origin in dict.fromkeys(row.origin for row in data):
        rest = [row for row in data if row.origin != origin]
        yield origin, right(fit(rest, names), [row for row in data if row.origin == origin], names)


def write(fitted: Fitted, names: Sequence[str]) -> None:
    kept = _FILE.read_text(encoding="utf-8").partition(_MARK)[0].rstrip("\n") + "\n"
    shape = [f"hand: {fitted.hand:.3f}", f"file: {fitted.file:.3f}", "bias:"]
    shape += [f"  {purpose}: {value:.2f}" for purpose, value in zip(PURPOSES, fitted.bias, strict=True)]
    shape.append("points:")
    for name, row in zip(names, fitted.points, strict=True):
        said = [f"{p}: {v:.2f}" for p, v in zip(PURPOSES, row, strict=True) if abs(v) >= _SLIGHT]
        shape.append(f'  "{name}": {{{", ".join(said)}}}')
    _FILE.write_text(kept + _MARK + "\n".join(shape) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "--data", type=Path, default=Path(os.environ.get("TRUSTAUDIT_DATA", _ROOT.parent / "shared/data"))
    )
    parser.add_argument("--write", action="store_true", help="put the points into the rules")
    given = parser.parse_args()
    data = list(rows(given.data))
    names = [*yaml.safe_load(_FILE.read_text(encoding="utf-8"))["classes"], *FORMS]
    for origin, share in held_out(data, names):
        print(f"{origin:18} left out: {share:.3f}  ({sum(row.origin == origin for row in data)} messages)")
    fitted = fit(data, names)
    print(f"all together: {right(fitted, data, names):.3f}  hand {fitted.hand:.2f} file {fitted.file:.2f}")
    if given.write:
        write(fitted, names)


if __name__ == "__main__":
    main()
