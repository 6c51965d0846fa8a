"""Norms and parties against labels: own sentences, directions of real clauses, parties of whole contracts.

python benchmarks/norms_quality.py            # all, the held-out half included
python benchmarks/norms_quality.py --errors   # the development half with its errors
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from trustaudit.audit import Side
from trustaudit.language.modality import Modality
from trustaudit.language.norms import Norm
from trustaudit.pipeline import norms

ROOT = Path(__file__).resolve().parent.parent
LABELS = (*Modality, "none")


def data_dir() -> Path:
    return Path(os.environ.get("TRUSTAUDIT_DATA", ROOT.parent / "shared" / "data"))


def sentences(half: str) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Group and sentence of a half: ``dev`` is the 1st, 3rd …, ``held-out`` the 2nd, 4th … of each group."""
    groups = yaml.safe_load((ROOT / "tests" / "language" / "norms.yaml").read_text(encoding="utf-8"))
    for group in groups.values():
        for index, sentence in enumerate(group["sentences"]):
            if half == "all" or (half == "dev") == (index % 2 == 0):
                yield group, sentence


def modalities(found: Sequence[Norm], side: Side) -> set[str]:
    """What one side bears; *none* where it bears nothing."""
    return {norm.modality for norm in found if norm.side in {side, Side.BOTH}} or {"none"}


def macro_f1(pairs: Sequence[tuple[set[str], set[str]]]) -> tuple[float, dict[str, float]]:
    """Mean F1 over the labels of (gold, predicted) sets; labels that never occur are left out."""
    scores = {}
    for label in LABELS:
        right = sum(label in gold and label in got for gold, got in pairs)
        wrong = sum((label in gold) != (label in got) for gold, got in pairs)
        if right or wrong:
            scores[str(label)] = 2 * right / (2 * right + wrong)
    return sum(scores.values()) / len(scores), scores


def score_sentences(half: str, *, errors: bool = False) -> tuple[float, dict[str, float], int]:
    pairs = []
    for group, sentence in sentences(half):
        found = norms(sentence["text"], company=group["company"], customer=group["customer"])
        for side in (Side.COMPANY, Side.CUSTOMER):
            gold = set(sentence.get(side.value, ())) or {"none"}
            got = modalities(found, side)
            pairs.append((gold, got))
            if errors and gold != got:
                print(f"  {side}: {sorted(gold)} got {sorted(map(str, got))}: {sentence['text']}")
    score, each = macro_f1(pairs)
    return score, each, len(pairs)


def score_directions(*, errors: bool = False) -> tuple[int, int]:
    """Right bearers of the labelled clauses, read in their whole contracts."""
    folder = data_dir()
    contracts = {row["file"]: row["text"] for row in _rows(folder / "cuad" / "contracts.jsonl")}
    right = total = 0
    for row in _rows(folder / "labels" / "directions.jsonl"):
        text = contracts[row["file"]]
        start = re.search(r"\s+".join(map(re.escape, row["quote"].split())), text)
        assert start is not None
        company = [] if row["mutual"] else [row["beneficiary"]]
        customer = [] if row["mutual"] else [row["bearer"]]
        found = norms(text, company=company, customer=customer)
        found = [norm for norm in found if _covers(norm, text, start.span())]
        wanted = Side.BOTH if row["mutual"] else Side.CUSTOMER
        hit = any(norm.side is wanted for norm in found)
        right += hit
        total += 1
        if errors and not hit:
            print(
                f"  bearer {row['bearer']}: {row['quote']}\n     got {[(n.bearer, n.modality, n.source) for n in found]}"
            )
            print("     " + " ".join(text[max(0, start.start() - 200) : start.end() + 200].split()))
    return right, total


def _covers(norm: Norm, text: str, quote: tuple[int, int]) -> bool:
    """Do at least 60 % of the quote's words stand in the norm?"""
    words = [found.start() + quote[0] for found in re.finditer(r"\S+", text[slice(*quote)])]
    return sum(norm.start <= at < norm.end for at in words) >= 0.6 * len(words)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    errors = parser.parse_args().errors
    for half in ("dev",) if errors else ("dev", "held-out"):
        score, each, count = score_sentences(half, errors=errors)
        shown = " ".join(f"{label} {value:.2f}" for label, value in each.items())
        print(f"sentences, {half}: macro-F1 {score:.3f} over {count} sides ({shown})")
    if data_dir().is_dir():
        right, total = score_directions(errors=errors)
        print(f"directions: {right} of {total} bearers right ({right / total:.1%})")


if __name__ == "__main__":
    main()
