"""``--fix`` and ``--diff``: what is declared is changed where it stands, and nothing else."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustaudit import scan
from trustaudit.annotate.fixes import Fixed, edited, fix
from trustaudit.audit import Audit
from trustaudit.cli import main
from trustaudit.document import Span
from trustaudit.ruleset import load_rules
from trustaudit.ruleset.fix import Fix, changes

RULES: Mapping[str, Fix] = {rule.id: rule.fix for rule in load_rules(()).rules if rule.fix}
CALL = "Please call us prior to your visit."


def fixed(data: bytes, name: str) -> Fixed:
    def audit(changed: bytes) -> Audit:
        return scan(changed, name=name, kind="message", select=list(RULES))

    return fix(data, audit(data), RULES, audit)


def test_a_dozen_rules_declare_fixes() -> None:
    assert len(RULES) >= 8
    assert all(rule.results for rule in RULES.values())


@pytest.mark.parametrize(
    ("text", "quote", "after"),
    [
        ("Call prior to noon.", "prior to", "Call before noon."),
        ("PRIOR TO noon.", "PRIOR TO", "BEFORE noon."),
        ("Prior\n to noon.", "Prior\n to", "Before noon."),
        ("Call prior to noon, prior to all.", "prior to noon, prior to", "Call before noon, before all."),
        ("Call a-prior to noon.", "a-prior to", None),
        ("Pay it NOW!!!!", "!!!!", "Pay it NOW!"),
        ("Pay it?!?!", "?!?!", None),
        ("It is OVERDUE.", "OVERDUE", "It is overdue."),
        ("Hello. FINAL NOTICE of it.", "FINAL NOTICE", "Hello. Final notice of it."),
        ("MY NOTICE is here.", "NOTICE", None),
        ("OVERDUE AT US is it.", "OVERDUE", None),
        ("It is NASA FINAL NOTICE.", "NASA FINAL NOTICE", None),
    ],
)  # fmt: skip
def test_what_becomes_of_a_passage(text: str, quote: str, after: str | None) -> None:
    declared = Fix({"prior to": "before"}, ("overdue", "final", "notice"), "!?")
    start = text.index(quote)
    made = text
    for part, wording in reversed(changes(declared, text, Span(start, start + len(quote)))):
        made = made[: part.start] + wording + made[part.end :]
    assert made == (text if after is None else after)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encoding_mark_and_line_ends_stay(encoding: str, newline: str) -> None:
    text = f"Dear Zoë,{newline}{newline}{CALL} It costs 5 €.{newline}Your café{newline}"
    data = text.encode(encoding)
    made = fixed(data, "mail.txt")
    assert made.data == text.replace("prior to", "before").encode(encoding)
    assert made.data[:2] == data[:2]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.html", "<p title='prior to'>Call us prior to it &amp; tell us.</p>", "<p title='prior to'>Call us before it &amp; tell us.</p>"),
        ("a.html", "<style>p {}</style><p>Call us <b>prior to</b> noon!!!</p>", "<style>p {}</style><p>Call us <b>before</b> noon!</p>"),
        ("a.html", "<p>Call us prior\r\n    to noon.</p>", "<p>Call us before noon.</p>"),
        ("a.md", "# Hello\n\nCall *us* prior to noon.\n", "# Hello\n\nCall *us* before noon.\n"),
        ("a.json", '{"prior to": "Please call us prior to noon, {name}", "b": "Thank you for it, dear"}', '{"prior to": "Please call us before noon, {name}", "b": "Thank you for it, dear"}'),
        ("a.eml", "From: a@b.c\nSubject: Your visit\n\nCall us prior to noon.\n", "From: a@b.c\nSubject: Your visit\n\nCall us before noon.\n"),
        ("a.eml", "From: a@b.c\nSubject: Hi\nContent-Type: text/html; charset=utf-8\n\n<p>Für dich: call us prior to noon.</p>\n", "From: a@b.c\nSubject: Hi\nContent-Type: text/html; charset=utf-8\n\n<p>Für dich: call us before noon.</p>\n"),
    ],
)  # fmt: skip
def test_formats_keep_all_but_the_words(name: str, before: str, after: str) -> None:
    assert fixed(before.encode(), name).data.decode() == after


@pytest.mark.parametrize(
    ("name", "source", "reason"),
    [
        ("a.html", "<p>Call us prior <b>to</b> noon.</p>", "markup"),
        ("a.html", "<p>Hello</p><p>{% trans %}Call us prior to noon.{% endtrans %}</p>", "translations"),
        ("a.po", 'msgid "Please call us prior to noon"\nmsgstr ""\n\nmsgid "Thank you for your visit"\nmsgstr ""\n', "translations"),
        ("a.eml", "From: a@b.c\nSubject: Hi\nContent-Transfer-Encoding: quoted-printable\n\nCall us prior=20to noon.\n", "markup or an encoding"),
    ],
)  # fmt: skip
def test_what_is_not_safe_is_left_and_said(name: str, source: str, reason: str) -> None:
    made = fixed(source.encode(), name)
    assert made.data == source.encode()
    assert made.edits == ()
    assert made.left
    assert all(reason in words for words in made.left)


PIECES = st.sampled_from([
    "prior to ", "In the event that ", "each and every ", "OVERDUE ", "FINAL NOTICE ", "!!!", "!", " we ", "pay. ", "\n\n", "\r\n",
    "in order to ", "{{ name }} ", "<b>", "</b>", "&amp; ", "Zoë ", "at this point in time ", "kindly do the needful", "* ", "utilise ",
])  # fmt: skip


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=14), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_fixing_twice_is_fixing_once_and_only_the_spans_change(pieces: list[str], name: str) -> None:
    source = ("<p>" if name == "a.html" else "Dear Ana, ") + "".join(pieces)
    data = source.encode()
    made = fixed(data, name)
    assert fixed(made.data, name).data == made.data
    text = source
    for edits in made.rounds:
        assert all(text[edit.start : edit.end] == edit.before != edit.after for edit in edits)
        assert all(one.end <= other.start for one, other in pairwise(edits))
        text = edited(text, edits)
    assert text.encode() == made.data


def test_suppressed_passages_are_left(tmp_path: Path) -> None:
    mail = tmp_path / "mail.txt"
    mail.write_text(
        "Dear Ana,\n\n# trustaudit: ignore[wording/] because it is a quote\nPlease call us prior to noon.\n",
        encoding="utf-8",
    )
    assert main(["scan", str(mail), "--kind", "message", "--diff"]) == 0


def test_diff_writes_nothing_and_fails_where_there_is_something(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = tmp_path / "mail.txt"
    mail.write_text(f"Dear Ana,\n\n{CALL}", encoding="utf-8")
    assert main(["scan", str(mail), "--kind", "message", "--diff"]) == 1
    said = capsys.readouterr()
    assert said.out == (
        f"--- {mail}\n+++ {mail}\n@@ -1,3 +1,3 @@\n Dear Ana,\n \n-{CALL}\n\\ No newline at end of file\n"
        f"+{CALL.replace('prior to', 'before')}\n\\ No newline at end of file\n"
    )
    assert said.err.endswith("to fix: 1 in 1 files\n")
    assert mail.read_text(encoding="utf-8").endswith(CALL)


def test_fix_writes_and_then_reports_what_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mail = tmp_path / "mail.txt"
    mail.write_text(f"Dear Ana,\n\n{CALL} Your account is OVERDUE.\n", encoding="utf-8")
    mail.chmod(0o640)
    assert (
        main(["scan", str(mail), "--kind", "message", "--fix", "--format", "json", "--fail-on", "never"]) == 0
    )
    said = capsys.readouterr()
    assert "mail.txt:3: “prior to” → “before” (wording/time-before-after)" in said.err
    assert "wording/time-before-after" not in [
        line.split('"')[3] for line in said.out.splitlines() if '"rule"' in line and "quote" in line
    ]
    assert (
        mail.read_text(encoding="utf-8")
        == "Dear Ana,\n\nPlease call us before your visit. Your account is overdue.\n"
    )
    assert stat.S_IMODE(mail.stat().st_mode) == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["mail.txt"]
    assert main(["scan", str(mail), "--kind", "message", "--diff"]) == 0


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    mail, link = tmp_path / "mail.txt", tmp_path / "link.txt"
    mail.write_text(f"Dear Ana,\n\n{CALL}\n", encoding="utf-8")
    link.symlink_to(mail)
    main(["scan", str(link), "--kind", "message", "--fix", "--fail-on", "never"])
    assert link.is_symlink()
    assert "before your visit" in mail.read_text(encoding="utf-8")


def test_rules_that_are_ignored_fix_nothing(tmp_path: Path) -> None:
    mail = tmp_path / "mail.txt"
    mail.write_text(f"Dear Ana,\n\n{CALL}\n", encoding="utf-8")
    assert main(["scan", str(mail), "--kind", "message", "--diff", "--ignore", "wording/"]) == 0
    assert main(["scan", str(mail), "--kind", "message", "--diff", "--select", "wording/conditions"]) == 0
    assert (
        main(["scan", str(mail), "--kind", "message", "--diff", "--select", "wording/time-before-after"]) == 1
    )


def test_contracts_and_office_files_are_left_alone(tmp_path: Path) -> None:
    terms = tmp_path / "terms.md"
    terms.write_text(
        "# Terms\n\nPrior to delivery the Supplier shall, in the event that it is late, pay.\n",
        encoding="utf-8",
    )
    assert main(["scan", str(terms), "--kind", "contract", "--diff"]) == 0
    sheet = Path(__file__).resolve().parents[2] / "examples" / "prototype-term-sheet.docx"
    assert main(["scan", str(sheet), "--kind", "message", "--diff"]) == 0


def test_standard_input_cannot_be_fixed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "-", "--fix"]) == 2
    assert "standard input has no place to write to" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mail = tmp_path / "mail.txt"
    mail.write_bytes(codecs.BOM_UTF8 + CALL.encode())
    mail.chmod(0o400)
    assert main(["scan", str(mail), "--kind", "message", "--fix"]) == 2
    assert "it is read-only" in capsys.readouterr().err


@pytest.mark.slow
def test_real_templates_keep_all_but_the_edits(data_dir: Path) -> None:
    changed = 0
    for path in sorted(each for each in data_dir.glob("messages/**/*") if each.is_file())[::4]:
        data = path.read_bytes()
        made = fixed(data, path.name)
        changed += bool(made.edits)
        assert fixed(made.data, path.name).data == made.data, path
        if not made.edits:
            assert made.data == data
    assert changed >= 1
