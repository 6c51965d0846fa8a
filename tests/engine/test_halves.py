"""What is asked of one side and given back by the other: not at all, in a lesser degree, or by the same clause."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.engine.rules import pack, run
from trustaudit.audit import Confidence, OutcomeKind, Severity
from trustaudit.engine import Results
from trustaudit.engine.mutual import of_both

SECRECY = dedent("""\
    find:
      kind: reciprocal
      pair: secrecy
      degree: days
      asked: ["<customer> ....10 (confidential|not disclose)"]
      given: ["<company> ....10 (confidential|not disclose)"]
    """)
EXIT = dedent("""\
    find:
      kind: reciprocal
      pair: exit
      degree: days
      asked: ["<company> may terminate"]
      given: ["<customer> may terminate"]
    """)
NAMES = "The Provider and the Customer agree. " + "The weather is fine in May and in June too. " * 12


def asked(folder: Path, rule: str, text: str) -> Results:
    return run(pack(folder, rule=rule), NAMES + text)


@pytest.mark.parametrize(
    ("text", "degree", "found"),
    [
        ("The Customer shall keep the plans confidential.", "missing", 1),
        ("The Customer shall keep it confidential. The Provider shall keep it confidential.", "given", 0),
        ("Each party shall keep it confidential.", "mutual", 0),
        ("Neither party may disclose it; the Customer shall keep it confidential.", "mutual", 0),
        ("The Customer keeps this confidential. Each party shall keep all else confidential.", "given", 0),
    ],
)
def test_what_comes_back(tmp_path: Path, text: str, degree: str, found: int) -> None:
    results = asked(tmp_path, SECRECY, text)

    assert [pair.degree for pair in results.pairs] == [degree]
    assert len(results.findings) == found


def test_a_like_sounding_right_of_the_same_side_is_no_return(tmp_path: Path) -> None:
    text = "The Customer shall not disclose the price. The Customer may ask that plans are kept confidential."

    assert [pair.returned for pair in asked(tmp_path, SECRECY, text).pairs] == [None]


def test_nothing_asked_is_not_applicable(tmp_path: Path) -> None:
    results = asked(tmp_path, SECRECY, "The Provider shall keep it confidential.")

    assert results.pairs == ()
    assert results.outcomes[0].outcome is OutcomeKind.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("rule", "text", "degree"),
    [
        (EXIT, "The Provider may terminate on 10 days' notice. The Customer may terminate on 90 days' notice.",
         "weaker: 90 days for 10 days"),
        (EXIT, "The Provider may terminate on 90 days' notice. The Customer may terminate on 10 days' notice.", "given"),
        (EXIT, "The Provider may terminate on 30 days' notice. The Customer may terminate on two months' notice.", "given"),
        (EXIT, "The Provider may terminate on 10 days' notice. The Customer may terminate at any time.", "given"),
        (SECRECY, ("The Customer shall keep it confidential for five years. The Provider shall keep it confidential "
         "for one year."), "weaker: one year for five years"),
        (SECRECY, ("The Customer shall keep it confidential for one year. The Provider shall keep it confidential "
         "for 5 years."), "given"),
    ],
)  # fmt: skip
def test_degree(tmp_path: Path, rule: str, text: str, degree: str) -> None:
    results = asked(tmp_path, rule, text)

    assert [pair.degree for pair in results.pairs] == [degree]
    weaker = degree.startswith("weaker")
    assert [one.severity for one in results.findings] == ([Severity.MINOR] if weaker else [])
    for one in results.findings:
        assert one.related
        assert degree.removeprefix("weaker: ") in one.message


def test_a_weaker_return_is_a_step_below_the_rule(tmp_path: Path) -> None:
    text = "The Customer shall keep it confidential."
    assert asked(tmp_path, SECRECY, text).findings[0].severity is Severity.MAJOR


def test_of_a_passage_nothing_more_than_a_note_is_said(tmp_path: Path) -> None:
    found = run(pack(tmp_path, rule=SECRECY), "The Customer shall keep it confidential.").findings[0]

    assert (found.severity, found.confidence) == (Severity.INFO, Confidence.LOW)
    assert "passage" in found.message


def test_the_order_of_rules_is_irrelevant(tmp_path: Path) -> None:
    text = NAMES + "The Customer shall keep it confidential. The Provider may terminate at any time."
    one = run(pack(tmp_path / "one", a=SECRECY, b=EXIT), text)
    other = run(pack(tmp_path / "other", a=EXIT, b=SECRECY), text)

    assert [f.quote for f in one.findings] == [f.quote for f in other.findings]
    assert sorted(p.pair for p in one.pairs) == sorted(p.pair for p in other.pairs)


def test_the_same_about_both() -> None:
    assert of_both(["<customer> ... indemnif* <company>", "<company>'s liab*", "no side"]) == (
        "<both> ... indemnif* (other|<both>)",
        "<both>'s liab*",
    )


REQUIRED = dedent("""\
    find:
      kind: required
      ground: [deposit]
      protection: ["deposit ....8 returned"]
    """)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The tenant pays a deposit.", 1),
        ("The tenant pays a deposit. The deposit is returned in May.", 0),
        ("The tenant pays rent.", 0),
    ],
)
def test_required(tmp_path: Path, text: str, found: int) -> None:
    assert len(run(pack(tmp_path, rule=REQUIRED), text).findings) == found
