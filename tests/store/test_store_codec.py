"""What goes into a store comes out of it as it was, whatever it was; what is damaged is refused."""

from __future__ import annotations

import json
import zlib
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustaudit
from tests.report import sample
from trustaudit import document as values
from trustaudit.audit import Audit, Finding, Related
from trustaudit.batch.store_audit import Pieces, pack_audit, unpack_audit
from trustaudit.batch.store_clauses import clauses, hash_of, words_of
from trustaudit.batch.store_codec import pack, squeeze, unpack, unsqueeze
from trustaudit.batch.store_text import Packed, pack_document, unpack_document, unpack_words
from trustaudit.document import Block, BlockKind, Document, Place, Run

TEXT = st.text(st.characters(), max_size=12)  # half surrogates too, as broken files hold them
NUMBER = st.floats(allow_nan=False)
BOX = st.none() | st.tuples(NUMBER, NUMBER, NUMBER, NUMBER)
RUNS = st.builds(
    Run, size=st.none() | NUMBER, contrast=st.none() | NUMBER, leading=st.none() | NUMBER, bbox=BOX
)
PAGES = st.builds(values.Page, width=NUMBER, height=NUMBER)
FINDINGS = st.builds(
    Finding, quote=TEXT, title=TEXT, weight=NUMBER, place=st.builds(Place, bbox=BOX),
    related=st.lists(st.from_type(Related), max_size=2).map(tuple),
)  # fmt: skip


def several(plan: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(plan, max_size=4).map(tuple)


DOCUMENTS = st.builds(
    Document,
    text=TEXT,
    blocks=several(st.from_type(Block)),
    runs=several(RUNS),
    pages=several(PAGES),
    unread=several(st.from_type(values.Unread)),
    links=several(st.from_type(values.Link)),
    placeholders=several(st.from_type(values.Placeholder)),
    headers=st.dictionaries(TEXT, TEXT, max_size=3),
    source_map=st.none() | st.builds(values.SourceMap, *[several(st.integers())] * 3),
)


def there_and_back(document: Document) -> Document:
    kept = pack_document(document)
    return unpack_document(kept, name=document.name, media_type=document.media_type, sha256=document.sha256)


@settings(max_examples=60)
@given(DOCUMENTS)
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    again = there_and_back(document)

    assert again == document
    assert repr(again) == repr(document), "also the kinds of its numbers, and minus zero"
    text, blocks = unpack_words(pack_document(document).body)
    assert text == document.text
    assert [each[:3] for each in map(astuple, blocks)] == [each[:3] for each in map(astuple, document.blocks)]


def back(audit: Audit) -> Audit:
    kept = pack_audit(audit)
    return unpack_audit(kept.data, audit.document, Pieces(lambda name: kept.shared[name]))


@settings(max_examples=60)
@given(several(FINDINGS))
def test_an_audit_comes_back_as_it_was(findings: tuple[Finding, ...]) -> None:
    audit = replace(sample.contract(), findings=(*findings, *sample.contract().findings))

    assert back(audit) == audit


@pytest.mark.parametrize("audit", sample.every())
def test_the_reports_of_what_comes_back_are_the_same(audit: Audit) -> None:
    again = back(replace(audit, document=there_and_back(audit.document)))

    assert again == audit
    assert again.to_json() == audit.to_json()
    assert again.to_html() == audit.to_html()


def test_real_papers_come_back(data_dir: Path) -> None:
    for path in sorted((data_dir / "documents").rglob("*.*"))[::80]:
        audit = trustaudit.scan(path)
        assert back(replace(audit, document=there_and_back(audit.document))) == audit


@given(st.binary(max_size=60))
def test_damaged_data_are_refused_with_one_kind_of_error(data: bytes) -> None:
    good = pack_document(Document("A text.", (Block(0, 7),)))
    for body in (data, good.body[:-3], zlib.compress(data), squeeze([1]), squeeze({"text": 3})):
        with pytest.raises(ValueError):  # noqa: PT011  # any words will do
            unpack_document(Packed(body, good.layout), name="", media_type="text/plain", sha256="")


def test_a_small_file_that_unpacks_to_very_much_is_refused() -> None:
    with pytest.raises(ValueError, match="unpacks to more"):
        unsqueeze(zlib.compress(b"[" + b" " * 1_000_000 + b"]"), most=1_000)


def test_only_our_own_types_come_out() -> None:
    packed = json.loads(json.dumps(pack(tuple[Block, ...], (Block(0, 3, BlockKind.TITLE), Block(3, 5)))))

    assert unpack(tuple[Block, ...], packed) == (Block(0, 3, BlockKind.TITLE), Block(3, 5))
    packed[3] = ["__reduce__", "os.system"]
    with pytest.raises(ValueError, match="__reduce__"):
        unpack(tuple[Block, ...], packed)


def test_columns_of_one_value_stand_once() -> None:
    many = tuple(Run(at, at + 1, 11.0, (0, 0, 0)) for at in range(500))

    assert len(json.dumps(pack(tuple[Run, ...], many))) < 500 * 16
    assert unpack(tuple[Run, ...], json.loads(json.dumps(pack(tuple[Run, ...], many)))) == many


def test_clauses_are_alike_whatever_their_numbers_case_and_spaces() -> None:
    first = "You shall pay  12 EUR within 30 days of the invoice; all fees."
    second = "YOU SHALL PAY 15 EUR\nwithin 5 days of the invoice — all fees"

    assert hash_of(words_of(first)) == hash_of(words_of(second))
    assert hash_of(words_of(first)) != hash_of(words_of(first.replace("You", "We")))
    text = f"Heading of it\n\n{first}"
    blocks = (Block(0, 13, BlockKind.HEADING), Block(15, len(text)))
    assert [each[:2] for each in clauses(text, blocks)] == [(15, len(text))]
