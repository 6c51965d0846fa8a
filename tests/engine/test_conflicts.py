"""Two passages of one document that cannot both be right."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile
from textwrap import dedent
from time import process_time

import pytest

from tests.engine.rules import pack, run
from trustaudit.audit import OutcomeKind
from trustaudit.engine import Results
from trustaudit.resources import rules_dir

NAMES = "The Provider and the Customer agree. "


def check(folder: Path, name: str, text: str, about: str = "") -> Results:
    body = f"find: {{kind: conflict, check: {name}{f', about: [{about}]' if about else ''}}}\n"
    lists = folder / "vocabulary"
    lists.mkdir(exist_ok=True, parents=True)
    copyfile(rules_dir() / "vocabulary" / "degrees.yaml", lists / "degrees.yaml")
    return run(pack(folder, rule=dedent(body)), text)


def said(results: Results) -> list[tuple[str, str]]:
    return [(one.quote, one.related[0].quote if one.related else "") for one in results.findings]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Pay within thirty (45) days.", ["thirty (45)"]),
        ("Pay within thirty\n(45) days.", ["thirty\n(45)"]),
        ("Pay within thirty (30) days and ninety (90) days.", []),
        ("See section five (b) and (45).", []),
    ],
)
def test_numbers_and_their_words(tmp_path: Path, text: str, quotes: list[str]) -> None:
    assert [one.quote for one in check(tmp_path, "number-words", text).findings] == quotes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ("The Customer shall pay each invoice within 30 days. "
            "The Customer shall pay each invoice within 14 days."),
            [("14 days", "30 days")],
        ),
        (
            ("The Customer shall pay each invoice within 30 days. "
            "The Provider shall pay each invoice within 14 days."),
            [],
        ),
        (
            ("The Customer shall pay each invoice within 30 days. "
            "The Customer shall pay each invoice within one month."),
            [],
        ),
        (
            ("The Customer shall pay each invoice within 30 days. "
            "The Customer shall pay the deposit for the loaned machine within 14 days."),
            [],
        ),
        ("The Customer shall pay half of the invoice within 30 days and the rest within 60 days.", []),
    ],
)  # fmt: skip
def test_two_periods(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    assert said(check(tmp_path, "two-periods", NAMES + text)) == expected


def test_what_it_is_about_can_be_narrowed(tmp_path: Path) -> None:
    text = (
        NAMES
        + "The Customer shall pay invoices within 30 days. The Customer shall pay invoices within 14 days."
    )

    assert said(check(tmp_path, "two-periods", text, "time to pay"))
    assert not said(check(tmp_path, "two-periods", text, "notice"))


def test_two_amounts(tmp_path: Path) -> None:
    text = (
        "The Customer shall pay interest of 5% on late payments. "
        "The Customer shall pay interest of 9% on late payments."
    )
    assert said(check(tmp_path, "two-amounts", NAMES + text)) == [("9%", "5%")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "This deed is governed by the laws of the State of Ohio. It shall be governed by the laws of Texas.",
            [("laws of Texas", "laws of the State of Ohio")],
        ),
        ("This deed is governed by the laws of Ohio. The laws of Ohio govern the annex.", []),
        ("This deed is governed by the law of England and Wales. The law of England governs the annex.", []),
        (
            "If you live in Italy, the law of Italy governs. If you live in France, the law of France governs.",
            [],
        ),
        ("This deed is governed by the law of England. Acme is a company under the laws of Delaware.", []),
    ],
)
def test_two_laws(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    assert said(check(tmp_path, "two-laws", text)) == expected


def test_an_unknown_check_could_not_tell(tmp_path: Path) -> None:
    results = check(tmp_path, "two-moons", "One moon. Two moons.")

    assert results.findings == ()
    assert results.outcomes[0].outcome is OutcomeKind.COULD_NOT_TELL


def test_time_grows_with_the_text(tmp_path: Path) -> None:
    sentence = "The Customer shall pay invoice {} of the Provider within {} days. "

    def took(amount: int) -> float:
        text = NAMES + "".join(sentence.format("x" * (n % 7 + 1), n + 1) for n in range(amount))
        start = process_time()
        check(tmp_path, "two-periods", text)
        return process_time() - start

    took(20)
    assert took(800) < 12 * took(200) + 0.5
