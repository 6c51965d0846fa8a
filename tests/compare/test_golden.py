"""Real versions of real agreements: the differences in norms that were checked by hand against a word diff.

The golden file holds numbers, topics, modalities and places, and no words of the agreements. After a change
that is meant, and after reading every difference again, it is written anew with TRUSTAUDIT_GOLDEN=write.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.compare.conftest import parsed
from trustaudit.comparison import Aspect, Change, ClauseChange, NormChange, Passage
from trustaudit.journey.compare_documents import clause_changes

GOLDEN = Path(__file__).parent / "golden.json"
NDA = "waypointnda__waypointnda.com/files"
ACCORD = "accordproject__cicero-template-library/src"
VERSIONS = (
    (f"{NDA}/1.0.0.docx", f"{NDA}/2.0.0-pre.1.docx"),
    (f"{NDA}/2.0.0-pre.1.docx", f"{NDA}/2.0.0-pre.2.docx"),
    (f"{NDA}/2.0.0-pre.2.docx", f"{NDA}/2.0.0-pre.3.docx"),
    (f"{NDA}/2.0.0-pre.3.docx", f"{NDA}/2.0.0-pre.4.docx"),
    (f"{NDA}/2.0.0-pre.4.docx", f"{NDA}/2.0.0-pre.5.docx"),
    (f"{NDA}/2.0.0-pre.5.docx", f"{NDA}/2.0.0.docx"),
    (f"{NDA}/1.0.0.docx", f"{NDA}/2.0.0.docx"),
    (f"{NDA}/2.0.0.docx", f"{NDA}/3.0.0-long-a4.docx"),
    (f"{NDA}/3.0.0-long-a4.docx", f"{NDA}/4.0.0-long-a4.docx"),
    (f"{NDA}/4.0.0-long-a4.docx", f"{NDA}/4.0.1-long-a4.docx"),
    (f"{NDA}/3.0.0-short-a4.docx", f"{NDA}/4.0.0-short-a4.docx"),
    (
        "microsoft__Open-Use-of-Data-Agreement/O-UDA-1.0.md",
        "microsoft__Computational-Use-of-Data-Agreement/C-UDA-1.0.md",
    ),
    (f"{ACCORD}/promissory-note/text/sample.md", f"{ACCORD}/promissory-note-md/text/sample.md"),
    (f"{ACCORD}/promissory-note/text/sample.md", f"{ACCORD}/promissory-note/text/sample-company.md"),
    (
        f"{ACCORD}/servicelevelagreement/text/sample.md",
        f"{ACCORD}/servicelevelagreement/text/sample-high-credit.md",
    ),
    (
        f"{ACCORD}/latedeliveryandpenalty-else/text/sample-noforcemajeure.md",
        f"{ACCORD}/latedeliveryandpenalty-else/text/sample.md",
    ),
    (f"{ACCORD}/rental-deposit/text/sample.md", f"{ACCORD}/rental-deposit-with/text/sample.md"),
)


def compared(folder: Path, old: str, new: str) -> tuple[ClauseChange, ...]:
    return clause_changes(parsed(folder / old), parsed(folder / new))


def summary(found: tuple[ClauseChange, ...]) -> dict[str, Any]:
    return {
        "clauses": {change.value: sum(each.change is change for each in found) for change in Change},
        "norms": [norm_row(norm) for each in found for norm in each.norms],
    }


def norm_row(norm: NormChange) -> dict[str, Any]:
    numbers = norm.aspect is Aspect.AMOUNT
    return {
        "aspect": norm.aspect.value,
        "topic": norm.topic,
        "side": norm.side.value,
        "modality": norm.modality,
        "turn": norm.turn.value,
        "old": place(norm.old),
        "new": place(norm.new),
        **({"was": norm.was, "now": norm.now} if numbers else {}),
    }


def place(passage: Passage | None) -> list[int] | None:
    return None if passage is None else [passage.start, passage.end]


@pytest.fixture(scope="module")
def folder(data_dir: Path) -> Path:
    return data_dir / "documents" / "balanced"


@pytest.mark.parametrize(("old", "new"), VERSIONS, ids=lambda name: Path(name).name)
def test_the_differences_are_those_checked_by_hand(folder: Path, old: str, new: str) -> None:
    found = summary(compared(folder, old, new))
    golden = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}
    if os.environ.get("TRUSTAUDIT_GOLDEN") == "write":
        golden[f"{old} {new}"] = found
        GOLDEN.write_text(json.dumps(golden, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert found == golden[f"{old} {new}"]


def test_the_golden_file_holds_no_words_of_the_agreements() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    for row in (row for each in golden.values() for row in each["norms"]):
        assert set(row) <= {"aspect", "topic", "side", "modality", "turn", "old", "new", "was", "now"}
        assert all(len(row.get(key, "")) <= 24 for key in ("was", "now"))


FORMATS = (
    "2.0.0",
    "3.0.0-long-a4",
    "4.0.1-long-letter",
    "4.0.0-short-a4",
)


@pytest.mark.parametrize("suffix", [".pdf", ".odt", ".rtf"])
@pytest.mark.parametrize("name", FORMATS)
def test_another_format_of_the_same_agreement_shows_nothing(folder: Path, name: str, suffix: str) -> None:
    found = compared(folder, f"{NDA}/{name}.docx", f"{NDA}/{name}{suffix}")
    assert {each.change for each in found} <= {Change.SAME, Change.MOVED}


@pytest.mark.slow
def test_every_format_of_every_agreement_shows_nothing(folder: Path) -> None:
    compared_pairs = 0
    for path in sorted((folder / NDA).glob("*.docx")):
        old = parsed(path)
        for suffix in (".pdf", ".odt", ".rtf"):
            found = clause_changes(old, parsed(path.with_suffix(suffix)))
            assert {each.change for each in found} <= {Change.SAME, Change.MOVED}, (path.name, suffix)
            compared_pairs += 1
    assert compared_pairs > 60


def test_another_paper_size_shows_nothing(folder: Path) -> None:
    found = compared(folder, f"{NDA}/4.0.0-long-a4.pdf", f"{NDA}/4.0.0-long-letter.pdf")
    assert {each.change for each in found} <= {Change.SAME, Change.MOVED}


@pytest.mark.parametrize("suffix", [".pdf", ".md"])
def test_a_contract_as_docx_pdf_and_markdown_has_the_same_norms(folder: Path, suffix: str) -> None:
    name = "maurandco__contract/maur-consulting-contract"
    found = compared(folder, f"{name}.docx", f"{name}{suffix}")
    assert not any(each.norms for each in found)
