"""Norms and parties against labels: own sentences, directions of real clauses, parties of whole contracts.

python benchmarks/norms_quality.py            # all, the held-out half included
python benchmarks/norms_quality.py --errors   # the development half with its errors
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from trustaudit import parsing
from trustaudit.audit import Side
from trustaudit.language.entities import core
from trustaudit.language.modality import Modality
from trustaudit.language.norms import Norm
from trustaudit.language.parties import Sides, find_sides
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


def score_directions(*, configured: bool, errors: bool = False) -> tuple[int, int]:
    """Right bearers of the labelled clauses, read in their whole contracts.

    With ``configured`` the sides are given; without, the bearer's name must be the label's.
    """
    folder = data_dir()
    contracts = {row["file"]: row["text"] for row in _rows(folder / "cuad" / "contracts.jsonl")}
    right = total = 0
    for row in _rows(folder / "labels" / "directions.jsonl"):
        text = contracts[row["file"]]
        start = re.search(r"\s+".join(map(re.escape, row["quote"].split())), text)
        assert start is not None
        named = configured and not row["mutual"]
        company, customer = ([row["beneficiary"]], [row["bearer"]]) if named else ([], [])
        read = norms(text, company=company, customer=customer)
        found = [norm for norm in read if _covers(norm, text, start.span())]
        hit = any(_bears(norm, row, configured=configured) for norm in found)
        right += hit
        total += 1
        if errors and not hit:
            got = [(norm.bearer, norm.modality, norm.source) for norm in found]
            print(f"  bearer {row['bearer']}: {row['quote']}\n     got {got}")
            print("     " + " ".join(text[max(0, start.start() - 200) : start.end() + 200].split()))
    return right, total


def _bears(norm: Norm, row: Mapping[str, Any], *, configured: bool) -> bool:
    if row["mutual"] or configured:
        return norm.side is (Side.BOTH if row["mutual"] else Side.CUSTOMER)
    return core(row["bearer"]) in core(norm.bearer)


def score_parties() -> tuple[int, int]:
    """Labelled contracts in which both sides are found, without configuration, by one of their names."""
    folder = data_dir()
    right = total = 0
    for row in _rows(folder / "labels" / "contracts.jsonl"):
        if row["type"] != "document":
            continue
        audit = scan_document(folder, row["document"])
        found = [{core(name) for name in names} for names in (audit.company, audit.customer)]
        wanted = [{core(name) for name in row[key]} for key in ("company", "customer")]
        hit = all(got & gold for got, gold in zip(found, wanted, strict=True))
        if not hit:
            print(f"  parties of {row['document']}: {audit.company} / {audit.customer}")
        right += hit
        total += 1
    return right, total


def scan_document(folder: Path, document: str) -> Sides:
    """The sides of a labelled document; those named with # are rebuilt from their sentences."""
    if "#" in document:
        file, _, name = document.partition("#")
        rows = [row for row in _rows(folder / file) if row["company"] == name]
        return find_sides("\n".join(row["text"] for row in rows))
    return find_sides(parsing.parse((folder / document).read_bytes(), document).text)


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
        for configured in (True, False):
            right, total = score_directions(configured=configured, errors=errors and configured)
            how = "sides configured" if configured else "bearer by name, nothing configured"
            print(f"directions, {how}: {right} of {total} right ({right / total:.1%})")
        right, total = score_parties()
        print(f"labelled contracts with both sides found: {right} of {total}")


if __name__ == "__main__":
    main()
