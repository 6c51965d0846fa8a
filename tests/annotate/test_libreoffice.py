"""LibreOffice opens the copies and sees what Word sees: every comment, every tracked insertion."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from tests.annotate.sources import CLAUSE, sound_docx, with_footnote
from tests.annotate.test_docx import occurrences
from tests.annotate.words import order
from trustaudit import parsing, scan
from trustaudit.annotate import Copy, docx, mark

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
OFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_every_comment_and_insertion(tmp_path: Path) -> None:
    source = with_footnote(sound_docx())
    document = parsing.parse(source, "sound.docx")
    sheet = EXAMPLES / "prototype-term-sheet.docx"
    copies: dict[str, tuple[Copy, int]] = {
        "sound": (docx.mark(source, order(document, occurrences(document.text, CLAUSE), suggest=True)), 1),
        "sheet": (mark(scan(sheet), sheet.read_bytes(), suggest=True), 0),
    }
    for name, (copy, _) in copies.items():
        (tmp_path / f"{name}.docx").write_bytes(copy.data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [f"{name}.docx" for name in copies]
    subprocess.run(
        [str(OFFICE), profile, "--headless", "--convert-to", "fodt", *files],
        cwd=tmp_path, check=True, timeout=120, capture_output=True,
    )  # fmt: skip
    for name, (copy, others) in copies.items():
        shown = (tmp_path / f"{name}.fodt").read_text(encoding="utf-8")
        assert len(re.findall(r"<office:annotation ", shown)) == len(copy.placed) + 1 + others
        ours = re.findall(r"<text:insertion>.*?<dc:creator>trustaudit<", shown, re.DOTALL)
        assert ours  # neighbours by one author are shown as one
        assert copy.suggested > 0
        for words in {note.rewrite for note in copy.placed} - {""}:
            assert words.split(".")[0][:40] in unescape(shown)
