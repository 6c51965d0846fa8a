"""``trustaudit lsp`` in a session with a real client: opened, typed in, asked, closed."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lsprotocol import types

from tests.editor.session import Editor, applied, session, within

CLAUSE = "We may, at any time and without notice, modify these terms."
MARKDOWN = f"# 𝔘se 😀\n\n😀😀 {CLAUSE} Café.\n\nEither party may end this agreement.\n"
RULE = "one-sided/unilateral-change"


def in_session(
    root: Path, talk: Callable[[Editor], Awaitable[None]], encodings: list[str] | None = None
) -> None:
    async def whole() -> None:
        async with session(root, encodings) as editor:
            await talk(editor)

    asyncio.run(whole())


def of_rule(found: list[types.Diagnostic], rule: str = RULE) -> types.Diagnostic:
    (one,) = [each for each in found if each.code == rule]
    return one


def test_a_session(tmp_path: Path) -> None:
    """Open, diagnostics, hover, code action, the edit applied, save, close: the way of a morning."""
    (tmp_path / "trustaudit.toml").write_text(f'select = ["{RULE}"]\n', encoding="utf-8")

    async def talk(editor: Editor) -> None:
        editor.open("terms.md", MARKDOWN)
        found = of_rule(await editor.diagnostics("terms.md"))
        assert within(MARKDOWN, found.range) in CLAUSE
        assert "without notice" in within(MARKDOWN, found.range)
        assert found.severity == types.DiagnosticSeverity.Error
        assert found.source == "trustaudit"
        assert found.code_description is not None
        assert found.code_description.href.startswith("https://")

        shown = await editor.hover("terms.md", found.range.start)
        assert shown is not None
        assert isinstance(shown.contents, types.MarkupContent)
        for words in ("*What to do:*", "*Better:*", "*Sources:*", f"`{RULE}`"):
            assert words in shown.contents.value
        assert await editor.hover("terms.md", types.Position(0, 0)) is None

        (action,) = await editor.actions("terms.md", found.range)
        assert action.title == f"trustaudit: suppress {RULE}, with a reason"
        assert action.kind == types.CodeActionKind.QuickFix
        assert [each.code for each in action.diagnostics or []] == [RULE]
        assert action.edit is not None
        ((edit,),) = (action.edit.changes or {}).values()
        assert edit.new_text == f"<!-- trustaudit: ignore[{RULE}] because … -->\n"

        # the reason is still to be written: nothing is hidden, and the comment's line says so
        left_open = applied(MARKDOWN, edit)
        editor.change("terms.md", left_open, 2)
        noted = await editor.diagnostics("terms.md", 2)
        assert RULE in {each.code for each in noted}
        (note,) = [each for each in noted if "no effect" in each.message]
        assert within(left_open, note.range) == edit.new_text.strip()
        assert "gives no reason" in note.message

        editor.change("terms.md", left_open.replace("…", "it is agreed"), 3)
        assert await editor.diagnostics("terms.md", 3) == []

        editor.path("terms.md").write_text(MARKDOWN, encoding="utf-8")
        editor.change("terms.md", MARKDOWN, 4)
        editor.save("terms.md")
        assert of_rule(await editor.diagnostics("terms.md", 4)).code == RULE
        editor.close("terms.md")
        assert await editor.diagnostics("terms.md", None) == []

    in_session(tmp_path, talk)


FORMATS = {
    "mail.txt": (f"Hello 😀,\n\n{CLAUSE}\n", f"# trustaudit: ignore[{RULE}] because …\n"),
    "page.html": (
        f"<html><body>\n<h1>Terms 😀</h1>\n  <p\n   class='x'>{CLAUSE}</p>\n</body></html>\n",
        f"<!-- trustaudit: ignore[{RULE}] because … --> ",
    ),
    "page.twig": (
        f"{{% if a %}}\n<h1>Terms</h1>\n  <p>{CLAUSE} {{{{ name }}}}</p>\n{{% endif %}}\n",
        f"  {{# trustaudit: ignore[{RULE}] because … #}}\n",
    ),
    "mail.html.erb": (
        f"<h1>Terms</h1>\n<p><%= name %> {CLAUSE}</p>\n",
        f"<%# trustaudit: ignore[{RULE}] because … %>\n",
    ),
    "mail.hbs": (
        f"<h1>Terms</h1>\n<p>{{{{name}}}} {CLAUSE}</p>\n",
        f"{{{{!-- trustaudit: ignore[{RULE}] because … --}}}}\n",
    ),
    "mail.liquid": (
        f"<h1>Terms</h1>\n<p>{{{{ name }}}} {CLAUSE}</p>\n",
        f"{{% comment %}}trustaudit: ignore[{RULE}] because …{{% endcomment %}}\n",
    ),
    "list.md": (f"- one\n- {CLAUSE}\n- three\n", f"<!-- trustaudit: ignore[{RULE}] because … -->\n"),
}


def test_every_format_has_its_comment(tmp_path: Path) -> None:
    """The comment that is offered stands, with a reason, and hides exactly this; nothing else moves."""
    (tmp_path / "trustaudit.toml").write_text(f'kind = "contract"\nselect = ["{RULE}"]\n', encoding="utf-8")

    async def talk(editor: Editor) -> None:
        for name, (text, comment) in FORMATS.items():
            editor.open(name, text)
            found = of_rule(await editor.diagnostics(name))
            assert "without notice" in within(text, found.range), name
            (action,) = await editor.actions(name, found.range)
            assert action.edit is not None
            ((edit,),) = (action.edit.changes or {}).values()
            assert edit.new_text == comment, name
            editor.change(name, applied(text, edit).replace("…", "it is agreed"), 2)
            assert await editor.diagnostics(name, 2) == [], name

    in_session(tmp_path, talk)


MAIL = (
    "From: Acme <a@example.org>\nTo: b@example.org\nSubject: Terms\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    f"Grüße 😀, {CLAUSE}\n"
)


def test_an_e_mail_has_a_sidecar(tmp_path: Path) -> None:
    (tmp_path / "trustaudit.toml").write_text(f'kind = "contract"\nselect = ["{RULE}"]\n', encoding="utf-8")

    async def talk(editor: Editor) -> None:
        editor.path("mail.eml").write_text(MAIL, encoding="utf-8")
        editor.open("mail.eml", MAIL)
        found = of_rule(await editor.diagnostics("mail.eml"))
        assert "without notice" in within(MAIL, found.range)
        (action,) = await editor.actions("mail.eml", found.range)
        assert action.title.endswith(f"suppress {RULE} in mail.eml.trustaudit.yaml, with a reason")
        assert action.edit is not None
        create, change = action.edit.document_changes or ()
        assert isinstance(create, types.CreateFile)
        assert isinstance(change, types.TextDocumentEdit)
        (edit,) = change.edits
        assert isinstance(edit, types.TextEdit)
        sidecar = editor.path("mail.eml.trustaudit.yaml")
        sidecar.write_text(edit.new_text.replace("…", "it is agreed"), encoding="utf-8")
        editor.change("mail.eml", MAIL, 2)
        assert await editor.diagnostics("mail.eml", 2) == []

    in_session(tmp_path, talk)


def test_a_text_that_is_not_saved_yet(tmp_path: Path) -> None:
    """Read as its language says, by the settings of the working folder; what is no file is left alone."""
    (tmp_path / "trustaudit.toml").write_text(f'select = ["{RULE}"]\n', encoding="utf-8")

    async def talk(editor: Editor) -> None:
        editor.open("git:terms.md", MARKDOWN)
        editor.open("untitled:Untitled-1", MARKDOWN, language="markdown")
        found = of_rule(await editor.diagnostics("untitled:Untitled-1"))
        (action,) = await editor.actions("untitled:Untitled-1", found.range)
        assert action.edit is not None
        ((edit,),) = (action.edit.changes or {}).values()
        assert edit.new_text.startswith("<!-- ")
        assert "git:terms.md" not in editor.published

    in_session(tmp_path, talk)


def test_a_safe_fix_is_offered_before_the_suppression(tmp_path: Path) -> None:
    """Typography and wording that a rule declares: the change is made as ``--fix`` would."""
    text = "Dear {{ name }},\n\n😀 your payment of 10 euros is OVERDUE!!! Please call us.\n"

    async def talk(editor: Editor) -> None:
        editor.open("mail.txt", text)
        await editor.diagnostics("mail.txt")
        whole = types.Range(types.Position(0, 0), types.Position(9, 0))
        fixes = [each for each in await editor.actions("mail.txt", whole) if each.is_preferred]
        assert "trustaudit: “!!!” → “!”" in {each.title for each in fixes}
        fixed = text
        for action in reversed(fixes):
            assert action.edit is not None
            ((edit,),) = (action.edit.changes or {}).values()
            assert action.diagnostics
            fixed = fixed.replace(within(text, edit.range), edit.new_text, 1)
        editor.path("mail.txt").write_text(text, encoding="utf-8")
        ran = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "trustaudit", "scan", "mail.txt", "--fix"],
            cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert ran.returncode in {0, 1}, ran.stderr
        assert fixed == editor.path("mail.txt").read_text(encoding="utf-8")

    in_session(tmp_path, talk)


def test_settings_hold_and_a_broken_one_is_said(tmp_path: Path) -> None:
    settings = tmp_path / "trustaudit.toml"
    settings.write_text('fail_no = "major"\n', encoding="utf-8")

    async def talk(editor: Editor) -> None:
        editor.open("terms.md", MARKDOWN)
        said = await editor.message()
        assert said == f'{settings}:1: unknown key "fail_no"; did you mean "fail_on"?'
        assert await editor.diagnostics("terms.md") == []
        editor.change("terms.md", MARKDOWN + "\nMore.\n", 2)
        await editor.diagnostics("terms.md", 2)
        assert editor.messages == []  # it was said once

        settings.write_text(f'ignore = ["{RULE}"]\n', encoding="utf-8")
        editor.published.clear()
        editor.save("trustaudit.toml")  # the open texts are audited again
        assert RULE not in {each.code for each in await editor.diagnostics("terms.md", 2)}
        settings.write_text(
            '[severity]\n"one-sided/" = {severity = "minor", reason = "ours"}\n', encoding="utf-8"
        )
        editor.published.clear()
        editor.save("trustaudit.toml")
        found = of_rule(await editor.diagnostics("terms.md", 2))
        assert found.severity == types.DiagnosticSeverity.Warning

    in_session(tmp_path, talk)


def test_a_baseline_hides_and_an_excluded_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "terms.md").write_text(MARKDOWN, encoding="utf-8")
    made = subprocess.run(
        [sys.executable, "-m", "trustaudit", "scan", "terms.md", "--write-baseline", "known.json"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    settings = 'baseline = "known.json"\nexclude = ["drafts/"]\n'
    (tmp_path / "trustaudit.toml").write_text(settings, encoding="utf-8")

    async def talk(editor: Editor) -> None:
        editor.open("terms.md", MARKDOWN)
        editor.open("drafts/terms.md", MARKDOWN)
        assert await editor.diagnostics("terms.md") == []
        assert await editor.diagnostics("drafts/terms.md") == []

    in_session(tmp_path, talk)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-32"])
def test_other_units(tmp_path: Path, encoding: str) -> None:
    async def talk(editor: Editor) -> None:
        editor.open("terms.md", MARKDOWN)
        found = of_rule(await editor.diagnostics("terms.md"))
        line = MARKDOWN.splitlines()[2]
        begin = line.index("We may")
        wanted = len(line[:begin].encode()) if encoding == "utf-8" else begin
        assert found.range.start == types.Position(2, wanted)

    in_session(tmp_path, talk, [encoding])


def test_it_answers_while_it_audits(tmp_path: Path) -> None:
    """A long contract is under way; a question about another text is answered at once."""
    long = "# Terms\n\n" + "\n\n".join(f"{number}. {CLAUSE}" for number in range(3000))

    async def talk(editor: Editor) -> None:
        editor.open("short.md", MARKDOWN)
        found = of_rule(await editor.diagnostics("short.md"))
        editor.open("long.md", long)
        await asyncio.sleep(0.2)
        begun = time.monotonic()
        assert await editor.hover("short.md", found.range.start) is not None
        waited = time.monotonic() - begun
        assert editor.uri("long.md") not in editor.published  # it is still at it
        assert waited < 1.0
        for version in range(2, 6):  # four keys: only the last text counts
            editor.change("short.md", MARKDOWN * version, version)
        await editor.diagnostics("short.md", 5)

    in_session(tmp_path, talk)


def test_without_the_extra_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "pygls").mkdir()
    (tmp_path / "pygls" / "__init__.py").write_text(
        "raise ImportError('No module named pygls')", encoding="utf-8"
    )
    ran = subprocess.run(
        [sys.executable, "-m", "trustaudit", "lsp"], capture_output=True, text=True, timeout=60, check=False,
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert "pip install 'trustaudit[editor]'" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
