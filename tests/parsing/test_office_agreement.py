"""The same paper as DOCX, ODT and RTF reads alike; real files keep the invariants."""

from __future__ import annotations

import difflib
import re
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from trustaudit.document import FURNITURE, Document
from trustaudit.errors import UnreadableError
from trustaudit.parsing.limits import Limits

Check = Callable[[Document], None]
Make = Callable[..., bytes]


def read(path: Path) -> Document:
    parser = import_module(f"trustaudit.parsing.{path.suffix[1:].lower()}")
    document = parser.parse(path.read_bytes(), path.name, Limits())
    assert isinstance(document, Document)
    return document


def words(document: Document) -> list[str]:
    body = (
        document.text[block.start : block.end] for block in document.blocks if block.kind not in FURNITURE
    )
    return re.findall(r"\w+", " ".join(body).lower())


def sizes(document: Document) -> Counter[float | None]:
    counted: Counter[float | None] = Counter()
    for run in document.runs:
        counted[run.size] += len(document.text[run.start : run.end].split())
    return counted


@pytest.mark.slow
@pytest.mark.parametrize("other", ["odt", "rtf"])
def test_real_agreements_read_alike(data_dir: Path, other: str) -> None:
    compared = 0
    for path in sorted((data_dir / "documents" / "balanced").rglob("*.docx")):
        if not (twin := path.with_suffix(f".{other}")).exists():
            continue
        compared += 1
        ours, theirs = read(path), read(twin)
        ratio = difflib.SequenceMatcher(None, words(ours), words(theirs), autojunk=False).ratio()
        assert ratio >= 0.99, (path.name, ratio)
        assert sizes(ours) == sizes(theirs), path.name
        assert [block.kind for block in ours.blocks] == [block.kind for block in theirs.blocks], path.name
    assert compared


@pytest.mark.slow
def test_the_printed_agreement_reads_alike(data_dir: Path) -> None:
    compared = 0
    for path in sorted((data_dir / "documents" / "balanced").rglob("*.docx")):
        if (twin := path.with_suffix(".pdf")).exists():
            compared += 1
            ratio = difflib.SequenceMatcher(
                None, words(read(path)), words(read(twin)), autojunk=False
            ).ratio()
            assert ratio >= 0.99, (path.name, ratio)
    assert compared


@pytest.mark.slow
def test_every_real_file_is_read_or_refused_with_a_reason(data_dir: Path, check_invariants: Check) -> None:
    files = [
        path
        for folder in ("hostile", "documents")
        for path in sorted((data_dir / folder).rglob("*"))
        if path.suffix.lower() in (".docx", ".odt", ".rtf")
    ]
    assert files
    for path in files:
        began = time.monotonic()
        try:
            check_invariants(read(path))
        except UnreadableError as error:
            assert str(error), path  # noqa: PT017
        assert time.monotonic() - began < 30, path


@pytest.mark.slow
def test_revisions_read_as_the_accepted_file(data_dir: Path) -> None:
    compared = 0
    for accepted in sorted((data_dir / "hostile").rglob("RP*-Accepted.docx")):
        tracked = accepted.with_name(accepted.name.replace("-Accepted", ""))
        if tracked.exists():
            compared += 1
            assert read(tracked).text == read(accepted).text, tracked.name
    assert compared


CLAUSES = (
    "The Customer shall pay within 30 days.",
    "The Provider may end this agreement.",
    "No refund is given.",
)


def test_one_small_paper_in_three_formats(make_docx: Make, make_odt: Make) -> None:
    """The heading large, the first clause hidden, the last in small grey print with a note."""
    looks = ("<w:vanish/>", "", "<w:sz w:val='12'/><w:color w:val='999999'/>")
    note = "<w:r><w:footnoteReference w:id='1'/></w:r>"
    docx_body = (
        "<w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:r><w:rPr><w:sz w:val='32'/></w:rPr><w:t>Terms</w:t></w:r></w:p>"
        + "".join(
            f"<w:p><w:r><w:rPr><w:sz w:val='24'/>{look}</w:rPr><w:t>{text}</w:t></w:r>{note if text == CLAUSES[2] else ''}</w:p>"
            for text, look in zip(CLAUSES, looks, strict=True)
        )
    )
    notes = "<w:footnote w:id='1'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space='preserve'> Ever.</w:t></w:r></w:p></w:footnote>"
    said = ('text:display="none"', "", 'fo:font-size="6pt" fo:color="#999999"')
    automatic = "".join(
        f'<style:style style:name="P{at}" style:family="paragraph"><style:text-properties {look}/></style:style>'
        for at, look in enumerate(('fo:font-size="16pt"', *said))
    )
    odt_note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Ever.</text:p>'
        "</text:note-body></text:note>"
    )
    odt_body = '<text:h text:style-name="P0" text:outline-level="1">Terms</text:h>' + "".join(
        f'<text:p text:style-name="P{at}">{text}{odt_note if at == 3 else ""}</text:p>'
        for at, text in enumerate(CLAUSES, 1)
    )
    rtf = (
        r"{\rtf1\ansi{\colortbl;\red153\green153\blue153;}\outlinelevel0\fs32 Terms\par\pard\plain{\v " + CLAUSES[0]
        + r"\par}" + CLAUSES[1] + r"\par{\fs12\cf1 " + CLAUSES[2] + r"}\chftn{\footnote\plain\chftn  Ever.\par}\par}"
    )  # fmt: skip
    parsers = {
        "docx": make_docx(docx_body, footnotes=notes),
        "odt": make_odt(odt_body, automatic=automatic),
        "rtf": rtf.encode(),
    }
    read_all = [
        import_module(f"trustaudit.parsing.{name}").parse(data, "", Limits())
        for name, data in parsers.items()
    ]
    for document in read_all:
        assert document.text == "\n\n".join(["Terms", *CLAUSES[:2], f"{CLAUSES[2]}[1]", "[1] Ever."])
        assert [str(block.kind) for block in document.blocks] == ["heading", *["paragraph"] * 3, "footnote"]
        looks_of = {document.text[run.start : run.end].removesuffix("[1]"): run for run in document.runs}
        assert looks_of["Terms"].size == 16.0
        assert looks_of[CLAUSES[0]].hidden is not None
        small = looks_of[CLAUSES[2]]
        assert (small.size, small.color, small.background) == (6.0, (153, 153, 153), (255, 255, 255))
