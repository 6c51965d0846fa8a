"""Places in an editor's own units, and texts as editors hold them: line ends, marks, strange letters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit.editor.checking import Checked, check
from trustaudit.editor.positions import Positions
from trustaudit.editor.showing import Shown, diagnostics
from trustaudit.editor.suppressing import Insertion, edit

TODAY = date(2026, 11, 22)
CLAUSE = "We may, at any time and without notice, modify these terms."
RULE = "one-sided/unilateral-change"
texts = st.text(st.sampled_from("aé😀𝔘\n\r\u2028\x0b\x85\ufeff \t"), max_size=40)


@given(text=texts, encoding=st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_every_character_has_a_place_that_leads_back(text: str, encoding: str) -> None:
    positions = Positions.of(text, encoding)
    for offset in range(len(text) + 1):
        line, column = positions.at(offset)
        if offset < len(text) and text[offset - 1 : offset + 1] == "\r\n":
            continue  # between the two there is no place
        back = positions.offset(line, column)
        assert back == offset or text[back:offset].strip("\r\n") == ""


@given(text=texts)
def test_columns_are_utf_16_units_and_lines_end_where_the_protocol_says(text: str) -> None:
    positions = Positions.of(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert len(positions.starts) == len(lines)
    for number, line in enumerate(lines):
        end = positions.line_end(number)
        assert positions.at(end) == (number, len(line.encode("utf-16-le")) // 2)
        assert text[positions.starts[number] : end] == line


def test_what_lies_behind_an_end_is_the_end() -> None:
    positions = Positions.of("one\r\ntwo")
    assert positions.offset(0, 99) == 3
    assert positions.offset(7, 0) == 8
    assert positions.at(99) == (1, 3)


def checked(text: str, folder: Path, name: str = "terms.md") -> Checked:
    (folder / "trustaudit.toml").write_text(f'kind = "contract"\nselect = ["{RULE}"]\n', encoding="utf-8")
    return check(text, folder / name, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        f"# Terms\r\n\r\n😀 {CLAUSE}\r\n",
        f"# Terms\r\r😀 {CLAUSE}\r",
        f"\ufeff# Terms\n\n😀 {CLAUSE}\n",
        f"# Terms\u2028here\x0b\n\n😀 {CLAUSE}\n",
        f"# Größe &amp; *Umfang*\n\n**😀** {CLAUSE}\n",
        f"---\ntitle: x\n---\n\n{{% if x %}}\n{{{{ name }}}} {CLAUSE}\n{{% endif %}}\n",
    ],
    ids=["crlf", "cr", "mark", "separators", "markup", "template"],
)
def test_the_words_underlined_are_the_words_found(tmp_path: Path, text: str) -> None:
    shown = Shown.of(checked(text, tmp_path))
    (issue,) = shown.checked.issues
    place = shown.source(issue.finding.span)
    assert place is not None
    assert text[place.start : place.end] == issue.finding.quote
    (mark,) = diagnostics(shown, "file:///terms.md")
    start = shown.positions.offset(mark.range.start.line, mark.range.start.character)
    end = shown.positions.offset(mark.range.end.line, mark.range.end.character)
    assert text[start:end] == issue.finding.quote


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_comment_keeps_line_ends_and_indentation(tmp_path: Path, newline: str) -> None:
    text = newline.join(["<div>", f"    <p>{CLAUSE}</p>", "</div>", ""])
    shown = Shown.of(checked(text, tmp_path, "page.html"))
    made = edit(shown, shown.checked.issues[0].finding, tmp_path / "page.html")
    assert isinstance(made, Insertion)
    assert made.text == f"    <!-- trustaudit: ignore[{RULE}] because … -->{newline}"
    assert made.offset == text.index("    <p>")


def test_no_comment_lands_inside_a_tag_or_a_script(tmp_path: Path) -> None:
    """The text begins on a line in the middle of a tag: the comment goes beside the words instead."""
    text = f"<p\n  class=x\n  >{CLAUSE}</p>\n<script>\nvar x;\n</script>\n"
    shown = Shown.of(checked(text, tmp_path, "page.html"))
    made = edit(shown, shown.checked.issues[0].finding, tmp_path / "page.html")
    assert isinstance(made, Insertion)
    assert text[made.offset :].startswith("We may")
    reasoned = made.text.replace("…", "agreed")
    after = text[: made.offset] + reasoned + text[made.offset :]
    assert check(after, tmp_path / "page.html", TODAY).issues == ()


def test_an_unfinished_suppression_is_a_note_on_its_line(tmp_path: Path) -> None:
    text = f"<!-- trustaudit: ignore[{RULE}] until 2020-01-01 because it was so -->\n{CLAUSE}\n"
    found = checked(text, tmp_path)
    assert [(note.line, "ended on 2020-01-01" in note.message) for note in found.notes] == [(1, True)]
    assert len(found.issues) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [("empty.md", ""), ("blank.txt", " \n\n "), ("nul.txt", "\x00\x01\x02" * 50), ("half.html", "<p>\ud800 x</p>"), ("paper.pdf", "%PDF-1.7 x")],
)  # fmt: skip
def test_texts_that_are_none(tmp_path: Path, name: str, text: str) -> None:
    """Never an exception: nothing to say, or a note that it cannot be read."""
    found = checked(text, tmp_path, name)
    assert found.issues == ()
    assert found.trouble == ""
    assert isinstance(diagnostics(Shown.of(found), "file:///x"), list)


@pytest.mark.parametrize(
    "name", ["trustaudit.toml", "a.pdf.trustaudit.yaml", ".trustaudit-ignore.yaml", "x.py"]
)
def test_our_own_files_are_no_documents(tmp_path: Path, name: str) -> None:
    assert check(CLAUSE, tmp_path / name, TODAY).audit is None
