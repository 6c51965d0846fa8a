"""Hidden words: found with their reason, worse where a burden is in them, let pass where custom hides them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import trustaudit
from trustaudit.audit import Audit, Confidence, Effect, Finding, OutcomeKind, Severity

RULE = "fine-print/hidden-text"
SECRET = "The parcel comes without its lid and the manual is printed in Latin."
BURDEN = "We may terminate this agreement at any time without notice."
SEEN = "We repair your bicycle in our workshop and give it back clean. Please bring it on a weekday morning."


def found(audit: Audit) -> list[Finding]:
    return [one for one in audit.findings if one.rule == RULE]


def page(special: str, name: str = "terms.html") -> list[Finding]:
    source = f"<!DOCTYPE html><html><body><p>{SEEN}</p>{special}<p>{SEEN}</p></body></html>"
    return found(trustaudit.scan(source.encode(), name=name, kind="contract"))


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("color:#fff", "contrast of 1.00 : 1"),
        ("color:#e8e8e8", "colour of what is behind"),
        ("font-size:1px", "set in 0.75 points"),
        ("font-size:0", "points"),
        ("display:none", "not to be shown"),
        ("visibility:hidden", "not to be shown"),
        ("opacity:0", "without ink"),
        ("text-indent:-9999px", "outside the page"),
        ("position:absolute;left:-5000px", "outside the page"),
        ("height:0;overflow:hidden", "cut away"),
    ],
)
def test_each_way_to_hide_in_html(style: str, said: str) -> None:
    (one,) = page(f"<p style='{style}'>{SECRET}</p>")

    assert one.quote == SECRET
    assert said in one.message
    assert one.message.startswith("13 words ")
    assert (one.severity, one.effect) == (Severity.MAJOR, Effect.WITHDRAWAL)


def test_a_burden_makes_it_critical_and_is_named() -> None:
    (one,) = page(f"<p style='color:#fff'>{BURDEN}</p>")

    assert one.severity is Severity.CRITICAL
    assert "burden" in one.message
    assert one.related[0].quote in BURDEN


def test_a_page_that_a_script_may_show_is_said_with_less_certainty() -> None:
    styles = ("display:none", "color:#fff")

    found = [page(f"<p style='{style}'>{SECRET}</p>")[0].confidence for style in styles]

    assert found == [Confidence.MEDIUM, Confidence.HIGH]


def test_neighbours_are_one_finding() -> None:
    first, _, last = SECRET.partition(" and ")
    runs = f"<p style='color:#fff'>{first} <b>and</b> <i>{last}</i></p><p style='color:#fff'>More of it here.</p>"

    (one,) = page(runs)

    assert " ".join(one.quote.split()) == f"{SECRET} More of it here."


@pytest.mark.parametrize(
    "custom",
    [
        "<div style='position:absolute;left:-9999px'>Skip to the main content</div>",
        "<span style='position:absolute;clip:rect(0 0 0 0)'>Close</span>",
        f"<details><summary>More</summary>{SECRET}</details>",
        "<p style='display:none'>{{ tracking.code }}</p>",
        f"<p style='display:none'>{SEEN}</p>",
        "<p style='color:#fff'>. – .</p>",
    ],
)
def test_what_is_hidden_by_custom_passes(custom: str) -> None:
    assert page(custom) == []


def test_a_burden_hidden_by_custom_does_not_pass() -> None:
    (aside,) = page(f"<div style='position:absolute;left:-9999px'>{BURDEN}</div>")
    (closed,) = page(f"<details><summary>More</summary><p>{BURDEN}</p></details>")

    assert (aside.severity, closed.severity) == (Severity.CRITICAL, Severity.MAJOR)


def test_plain_text_could_not_tell() -> None:
    audit = trustaudit.scan_text(f"{SEEN}\n\n{SECRET}", kind="contract")

    (outcome,) = (one for one in audit.outcomes if one.rule == RULE)
    assert outcome.outcome is OutcomeKind.COULD_NOT_TELL
    assert "how its words are shown" in outcome.reason


def white(canvas: Any) -> None:
    canvas.setFillGray(1)
    canvas.drawString(60, 500, SECRET)


def under_a_box(canvas: Any) -> None:
    canvas.drawString(60, 500, SECRET)
    canvas.setFillGray(0.9)
    canvas.rect(40, 480, 500, 50, stroke=0, fill=1)


def off_the_page(canvas: Any) -> None:
    canvas.drawString(900, 500, SECRET)


def of_one_point(canvas: Any) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.drawString(60, 500, SECRET)


def without_ink(canvas: Any) -> None:
    text = canvas.beginText(60, 500)
    text.setTextRenderMode(3)
    text.textOut(SECRET)
    canvas.drawText(text)


def transparent(canvas: Any) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(60, 500, SECRET)


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (white, "contrast of 1.00"),
        (under_a_box, "painted over"),
        (off_the_page, "outside the page"),
        (of_one_point, "set in 1 points"),
        (without_ink, "without ink"),
        (transparent, "without ink"),
    ],
)
def test_each_way_to_hide_in_pdf(draw: Callable[[Any], None], said: str) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    canvas.drawString(60, 700, SEEN)
    canvas.saveState()
    draw(canvas)
    canvas.restoreState()
    canvas.drawString(60, 300, SEEN)
    canvas.save()

    (one,) = found(trustaudit.scan(out.getvalue(), name="terms.pdf", kind="contract"))

    assert one.quote == SECRET
    assert said in one.message
    assert one.page == 1


def test_vanished_words_in_docx() -> None:
    import docx

    document = docx.Document()
    document.add_paragraph(SEEN)
    document.add_paragraph().add_run(SECRET).font.hidden = True
    out = io.BytesIO()
    document.save(out)

    (one,) = found(trustaudit.scan(out.getvalue(), name="terms.docx", kind="contract"))

    assert (one.quote, one.severity) == (SECRET, Severity.MAJOR)


@pytest.mark.slow
def test_real_contracts_hide_nothing(data_dir: Path) -> None:
    """Looked at one by one: two full stops of .63 points in one contract, which say nothing."""
    from trustaudit import parsing
    from trustaudit.engine.hidden import hidden_hits
    from trustaudit.errors import TrustauditError
    from trustaudit.ruleset.rule import HiddenText

    hits = {}
    files = [*(data_dir / "cuad" / "pdf").glob("*.pdf"), *(data_dir / "documents").rglob("*.*")]
    for path in sorted(path for path in files if path.is_file()):
        try:
            document = parsing.parse(path.read_bytes(), path.name)
        except TrustauditError:
            continue
        for hit in hidden_hits(HiddenText(), document, []):
            hits[path.name] = document.quote(hit.span)[:200]
    assert hits == {}
