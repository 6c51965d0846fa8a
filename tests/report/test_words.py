"""Small parts: escapes, numbers, order, files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from trustaudit import metrics, report
from trustaudit.audit import Audit, Confidence, Measure, Severity, Unreadable
from trustaudit.document import Block, BlockKind, Document, Place, Span
from trustaudit.errors import UsageError
from trustaudit.report import escaping, metric_words, pictures, ranking, words
from trustaudit.report.as_terminal import sparkline
from trustaudit.report.places import Places

from . import sample


@pytest.mark.parametrize(
    ("value", "number", "signed"),
    [
        (0.0, "0", "0.0"),
        (-0.04, "0", "0.0"),
        (1234.0, "1,234", "+1,234.0"),
        (-88.54, "-88.5", "−88.5"),
        (3.0, "3", "+3.0"),
    ],
)
def test_numbers(value: float, number: str, signed: str) -> None:
    assert words.number(value) == number
    assert words.signed(value) == signed


def test_a_little_is_not_nothing() -> None:
    assert words.percent(0.0) == "0%"
    assert words.percent(0.0001) == "under 0.1%"
    assert words.percent(0.1556) == "15.6%"


def test_every_metric_has_a_sentence() -> None:
    read = sample.document()
    measured = metrics.measure(read, [block.span for block in read.blocks])
    assert [name for name in measured if not metric_words.known(name)] == []


def test_fine_print_falls_back_to_its_estimate() -> None:
    assert metric_words.fine_print({"fine_print_ratio": Measure(0.5)}) == "50%"
    guessed = {
        "fine_print_ratio": Measure(None), "fine_print_estimate": Measure(0.07), "fine_print_estimate_high": Measure(0.09),
    }  # fmt: skip
    assert metric_words.fine_print(guessed) == "about 7% to 9%"
    assert metric_words.fine_print({}) == "not measured"


def test_a_metric_nobody_named_is_still_shown() -> None:
    assert metric_words.sentence("odd_thing", Measure(2.5)) == "Odd thing: 2.5."
    assert metric_words.sentence("words", Measure(None, "no text")) == "Not measured: no text."


def test_what_is_sure_comes_before_what_is_not() -> None:
    audit = sample.contract()
    unsure = replace(audit.findings[2], confidence=Confidence.LOW)
    turned = replace(audit, findings=(*audit.findings[:2], unsure, *audit.findings[3:]))
    first = [turned.findings[each.index] for each in ranking.change_first(turned)]
    assert [each.severity for each in first] == [Severity.CRITICAL] * 3
    assert first[-1].rule == "one-sided/unilateral-change"


def test_findings_of_one_rule_are_one_thing_to_change() -> None:
    audit = sample.contract()
    again = replace(audit.findings[5], start=0, end=6, quote="Master")
    repeated = replace(audit, findings=(*audit.findings, again))
    top = ranking.change_first(repeated)
    assert len({repeated.findings[each.index].rule for each in top}) == 3
    assert [each.more for each in top if each.more] == [(5,)]


def test_a_place_is_one_that_a_person_finds() -> None:
    audit = sample.contract()
    paged, lined = Places(audit.document), Places(sample.message().document)
    assert paged.of(audit.findings[2]) == "page 1"
    assert paged.under(audit.findings[2].span) == "under “2. Changes”"
    assert paged.under(Span(0, 5)) == ""
    assert lined.of(sample.message().findings[0]) == "line 3"
    bare = Document("One\n\nTwo\n\nThree", (Block(0, 3), Block(5, 8, BlockKind.HEADER), Block(10, 15)))
    assert Places(bare).at(Span(10, 15)) == "paragraph 2"
    assert Places(bare).of(replace(audit.findings[2], place=Place(), start=11, end=12)) == "paragraph 2"
    assert Places(bare).of(replace(audit.findings[2], start=0, end=0)) == "the document as a whole"


def test_shortening_cuts_at_a_word() -> None:
    assert escaping.shortened("one two three", 9) == "one two…"
    assert escaping.shortened("one\n\ttwo", 20) == "one two"
    assert len(escaping.shortened("x" * 50, 10)) == 10


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1"])
def test_a_formula_is_text(text: str) -> None:
    assert escaping.cell(text).startswith("'")
    assert escaping.cell("a=1") == "a=1"


def test_markdown_addresses_and_names_stay_text() -> None:
    escaped = escaping.markdown("see http://a.example, www.b.example, @ann and #12, 1. x")
    assert "http:" not in escaped
    assert "www." not in escaped
    assert "@ann" not in escaped
    assert "#12" not in escaped


def test_a_sparkline_goes_from_low_to_high() -> None:
    assert sparkline([0, 7]) == "▁█"
    assert sparkline([]) == ""
    assert sparkline([5.0]) == "▁"
    assert len(sparkline([float(at) for at in range(1000)])) == 24


def test_the_strip_shows_what_stands_where() -> None:
    columns = pictures.strip(sample.contract())
    assert len(columns) == pictures.COLUMNS
    assert {column.style for column in columns} == {"", "critical", "major", "deposit", "note"}
    assert any(column.fine for column in columns)
    assert all(0 < column.height <= 1 for column in columns)
    assert (
        pictures.strip(replace(sample.clean(), document=replace(sample.clean().document, text="", blocks=())))
        == ()
    )


def test_the_line_ends_at_the_closing_balance() -> None:
    line = pictures.line(sample.contract())
    assert line is not None
    assert line.points[-1].y == 1.0
    assert [point.x for point in line.points] == sorted(point.x for point in line.points)
    assert pictures.line(sample.clean()) is None


def test_the_terminal_keeps_to_its_width_and_its_colours() -> None:
    plain = report.terminal(sample.every(), sample.UNREADABLE, width=60, color=False)
    assert max(len(line) for line in plain.splitlines()) <= 60
    assert "\x1b" not in plain
    assert "9 findings (3 critical, 6 major), 1 note, 3 deposits, 1 suppressed" in " ".join(plain.split())
    assert "\x1b[" in report.terminal(sample.every(), width=60, color=True)


def test_the_terminal_does_not_look_at_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = report.terminal([sample.contract()], width=80, color=True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    assert report.terminal([sample.contract()], width=80, color=True) == before


@pytest.mark.parametrize("suffix", sorted(report.SUFFIXES))
def test_a_report_is_written_whole(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"report{suffix}"
    assert report.write([sample.contract()], path) == path
    with path.open(encoding="utf-8", newline="") as file:
        assert file.read() == report.FORMATS[report.SUFFIXES[suffix]]([sample.contract()], ())
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no report format for \.docx; use one of \.csv"):
        report.write([], tmp_path / "report.docx")
    with pytest.raises(UsageError, match="cannot be written: No such file"):
        report.write([], tmp_path / "missing" / "report.html")


def test_the_format_can_be_named(tmp_path: Path) -> None:
    path = report.write([], tmp_path / "report.out", [Unreadable("a", "b")], format="json")
    assert '"unreadable"' in path.read_text(encoding="utf-8")


def test_an_audit_opens_its_reports(tmp_path: Path) -> None:
    audit: Audit = sample.contract()
    for _ in range(2):  # the modules behind the functions do not hide them
        assert audit.to_html() == report.html([audit])
        assert audit.to_markdown() == report.markdown([audit])
        assert audit.to_json() == report.json([audit])
        assert audit.to_sarif() == report.sarif([audit])
    assert audit.write(tmp_path / "a.md").read_text(encoding="utf-8") == audit.to_markdown()


def test_a_deposit_that_counts_nothing_is_no_withdrawal() -> None:
    """The greeting stands in the sentence that takes: it is in the statement, and counted as neither."""
    import trustaudit

    audit = trustaudit.scan_text("Dear Ms Doe, pay at once or we cut you off.", kind="message")
    kinds = [audit.findings[entry.finding].effect.value for entry in audit.account.entries]
    assert "deposit" in kinds
    assert not any(entry.amount > 0 for entry in audit.account.entries)
    from trustaudit import report

    said = report.terminal([audit])
    assert f"no deposit, {kinds.count('withdrawal')} withdrawal" in said
