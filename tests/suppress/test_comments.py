"""Comments: what they hold for, in every format that has them, and what is said of those that have no effect."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.shell import Run
from trustaudit.suppression.words import day, understand

SAID = "trustaudit: ignore[fees/handling-charge] because it was agreed"
CLAUSE = "You pay a handling charge for each order."


def document(run: Run, *arguments: str | Path) -> dict[str, Any]:
    report = json.loads(run("scan", *arguments, "--format", "json").out)
    found: dict[str, Any] = report["documents"][0]
    return found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", f"# Terms\n\n<!-- {SAID} -->\n{CLAUSE}\n"),
        ("b.md", f"# Terms\n\n<!-- {SAID} -->\n\n{CLAUSE}\n"),
        ("c.html", f"<h1>Terms</h1>\n<!-- {SAID} -->\n<p>{CLAUSE}</p>"),
        ("d.html", f"<h1>Terms</h1>\n<p>{CLAUSE}</p><!-- {SAID} -->\n<p>Thank you.</p>"),
        ("e.html", f"<h1>Terms</h1>\n<!--\n  {SAID}\n  with the works council\n-->\n<p>{CLAUSE}</p>"),
        ("f.html.j2", f"<p>Hello {{{{ name }}}}</p>\n{{# {SAID} #}}\n<p>{CLAUSE}</p>"),
        ("g.txt.erb", f"Hello <%= name %>\n\n<%# {SAID} %>\n{CLAUSE}\n"),
        ("h.html.hbs", f"<p>Hello {{{{name}}}}</p>\n{{{{!-- {SAID} --}}}}\n<p>{CLAUSE}</p>"),
        ("i.txt", f"Terms\n\n# {SAID}\n{CLAUSE}\n"),
        ("j.txt", f"Terms\n\n# {SAID}\n\n{CLAUSE}\n"),
        ("k.txt", f"Terms of the contract\r\n\r\n# {SAID}\r\n{CLAUSE}\r\n"),
        ("l.md", f"# Terms\n\n<!-- {SAID.replace('ignore[', 'ignore-file[')} -->\n\nHello.\n\n{CLAUSE}\n"),
        ("m.md", f"# Terms\n\n{CLAUSE}\n\nHello.\n\n<!-- {SAID.replace('ignore[', 'ignore-file[')} -->\n"),
    ],
)
def test_every_format_that_has_comments(run: Run, house: Path, name: str, text: str) -> None:
    (house / name).write_bytes(text.encode())
    ran = run("scan", name)
    assert (ran.status, ran.err) == (0, "")
    found = document(run, name)
    assert [each["rule"] for each in found["findings"]] == ["fees/handling-charge"]
    (hidden,) = found["suppressed"]
    assert hidden["fingerprint"] == found["findings"][0]["fingerprint"]
    assert hidden["reason"].startswith("it was agreed")
    assert hidden["where"].startswith(f"{name}:")


def test_it_holds_for_the_next_block_and_its_rule_alone(run: Run, house: Path) -> None:
    text = f"# Terms\n\n<!-- {SAID} -->\n\n{CLAUSE} You pay a late charge.\n\n{CLAUSE}\n"
    (house / "twice.md").write_text(text, encoding="utf-8")
    found = document(run, "twice.md")
    assert len(found["findings"]) == 3
    assert len(found["suppressed"]) == 1
    assert found["suppressed"][0]["fingerprint"] == found["findings"][0]["fingerprint"]
    assert run("scan", "twice.md").status == 1


def test_the_score_is_of_the_document_whoever_looks_away(run: Run, house: Path) -> None:
    rest = "We deliver within ten days. " * 40  # a few words alone have no score
    (house / "a.md").write_text(f"# Terms\n\n{CLAUSE}\n\n{rest}\n", encoding="utf-8")
    (house / "b.md").write_text(f"# Terms\n\n<!-- {SAID} -->\n{CLAUSE}\n\n{rest}\n", encoding="utf-8")
    assert document(run, "a.md")["score"] == document(run, "b.md")["score"] < 100


@pytest.mark.parametrize("said", ["# {}", "<!-- {} -->"])
def test_a_comment_in_a_text_is_not_read_as_one_of_its_sentences(run: Run, house: Path, said: str) -> None:
    comment = said.format("trustaudit: ignore[fees/late-charge] because a handling charge is fair")
    (house / "a.txt").write_text(f"Terms\n\n{comment}\nYou pay a late charge.\n", encoding="utf-8")
    found = document(run, "a.txt")
    assert [each["rule"] for each in found["findings"]] == ["fees/late-charge"]


def test_it_ends_on_its_day(run: Run, house: Path) -> None:
    text = f"# Terms\n\n<!-- {SAID.replace('because', 'until 2027-03-01 because')} -->\n{CLAUSE}\n"
    (house / "a.md").write_text(text, encoding="utf-8")
    assert run("scan", "a.md", "--today", "2027-03-01").status == 0
    ended = run("scan", "a.md", "--today", "2027-03-02")
    assert ended.status == 1
    assert ended.err == "a.md:3: this suppression of fees/handling-charge ended on 2027-03-01\n"


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("ignore[fees/handling-charge]", "it gives no reason"),
        ("ignore because we say so", "it names no rule"),
        ("ignore[*] because we say so", "it would hide every rule"),
        ("ignor[fees/handling-charge] because we say so", 'write "ignore[rule/id] because …"'),
        ("ignore[fees/handling-charge] until soon because we say so", '"soon" is no day'),
        ("ignore[fees/handling-charge] until 2027-02-30 because of x", '"2027-02-30" is no day'),
        ("ignore[fees/handlin-charge] because we say so", "Did you mean 'fees/handling-charge'?"),
        ("ignore[fees/late-charge] because we say so", "is not used; take it out"),
    ],
)
def test_what_has_no_effect_is_said_with_its_line(run: Run, house: Path, comment: str, said: str) -> None:
    (house / "a.md").write_text(f"# Terms\n\n<!-- trustaudit: {comment} -->\n{CLAUSE}\n", encoding="utf-8")
    ran = run("scan", "a.md")
    assert ran.status == 1
    assert ran.err.startswith("a.md:3: ")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


def test_standard_input_has_comments_too(run: Run, house: Path) -> None:
    data = f"# Terms\n\n<!-- {SAID} -->\n{CLAUSE}\n".encode()
    ran = run("scan", "-", "--stdin-name", "piped.md", stdin=data)
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize("form", ["terminal", "html", "markdown", "json", "sarif", "csv"])
def test_every_report_shows_the_reason_or_the_count(run: Run, house: Path, form: str) -> None:
    (house / "a.md").write_text(f"# Terms\n\n<!-- {SAID} -->\n{CLAUSE}\n", encoding="utf-8")
    out = run("scan", "a.md", "--format", form).out
    assert "it was agreed" in out


@pytest.mark.parametrize("form", ["gitlab", "github", "junit"])
def test_lists_of_problems_do_not_have_what_is_suppressed(run: Run, house: Path, form: str) -> None:
    (house / "a.md").write_text(f"# Terms\n\n<!-- {SAID} -->\n{CLAUSE}\n", encoding="utf-8")
    out = run("scan", "a.md", "--format", form).out
    assert "<failure" not in out
    assert "::error" not in out
    assert "check_name" not in out


@given(st.text(max_size=80))
def test_any_words_are_understood_or_refused(words: str) -> None:
    try:
        said = understand(words)
    except ValueError:
        return
    assert said.rules
    assert said.reason


@given(st.dates())
def test_days_are_iso_days(value: Any) -> None:
    assert day(value.isoformat()) == value
