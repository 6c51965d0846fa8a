"""Clauses in two wordings, written for this test: what the comparison says of each, both ways round."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.compare.conftest import changes
from trustaudit.comparison import Change, ClauseChange, Turn

PAIRS = yaml.safe_load((Path(__file__).parent / "pairs.yaml").read_text(encoding="utf-8"))
LEAST = 25


def named(pair: dict[str, Any]) -> str:
    return f"{pair['old'][:40]} | {pair['new'][:40]}"


def clause(old: str, new: str) -> ClauseChange:
    """The clause of the pair: the agreement's head is the same in both versions."""
    found = [each for each in changes(old, new) if "This agreement is between" not in _quote(each)]
    assert len(found) == 1, [(each.change, _quote(each)) for each in found]
    return found[0]


def _quote(each: ClauseChange) -> str:
    passage = each.new or each.old
    assert passage is not None
    return passage.quote


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_a_pair_is_told_as_what_it_is(pair: dict[str, Any]) -> None:
    found = clause(pair["old"], pair["new"])
    said = [norm.said for norm in found.norms]
    assert found.change is Change(pair["expect"]), said
    if "aspects" in pair or found.change is not Change.CHANGED:
        assert {norm.aspect.value for norm in found.norms} == set(pair.get("aspects", ())), said
    if "turn" in pair:
        assert found.turn is Turn(pair["turn"]), [(norm.said, norm.turn) for norm in found.norms]
    if "said" in pair:
        assert pair["said"] in said


@pytest.mark.parametrize("pair", PAIRS, ids=named)
def test_the_way_back_is_its_mirror(pair: dict[str, Any]) -> None:
    there, back = clause(pair["old"], pair["new"]), clause(pair["new"], pair["old"])
    assert back.change is there.change
    assert back.turn is there.turn.mirrored, ([n.said for n in there.norms], [n.said for n in back.norms])


def test_there_are_enough_and_half_were_written_after_tuning() -> None:
    assert len(PAIRS) >= 2 * LEAST
    assert sum(bool(pair.get("held")) for pair in PAIRS) >= LEAST
