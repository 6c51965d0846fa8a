"""What a document is to the journey: told by its name, its purpose and its words, and said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import trustaudit
from tests.journey.conftest import EXAMPLE
from trustaudit.journey.folder import as_yaml, documents_in
from trustaudit.journey.manifest import load_manifest
from trustaudit.journey.reading import Options
from trustaudit.journey.recognise import OTHER, recognise
from trustaudit.journey.run import recognised
from trustaudit.journey_audit import JourneyAudit

AT = {
    "actuators.html": "prospect",
    "prototype-term-sheet.docx": "sample",
    "offer.md": "proposal",
    "your-requested-changes.eml": "negotiation",
    "master-agreement.pdf": "contract",
    "welcome.eml": "onboarding",
    "service-visit-call.txt": "reminder",
    "payment-overdue.eml": "billing",
    "renewal-notice.eml": "renewal",
}


def _without_names(folder: Path, only: str = "*.*") -> dict[str, str]:
    """The example's documents under names that say nothing; the stage of each."""
    stages = {}
    for number, path in enumerate(sorted(path for path in EXAMPLE.rglob(only) if path.name in AT)):
        name = f"{number}{path.suffix}"
        shutil.copy(path, folder / name)
        stages[name] = AT[path.name]
    return stages


def test_by_the_words_alone(example: JourneyAudit) -> None:
    """Under names that say nothing."""
    found = {
        each.path: recognise(each.audit, f"{each.order}{Path(each.path).suffix}")
        for each in example.documents
    }
    assert {Path(path).name: each.stage for path, each in found.items()} == AT
    assert found["contract/master-agreement.pdf"].why.startswith("it is a contract, ")
    assert all("its name" not in each.why for each in found.values())


def test_a_folder_is_put_in_order_and_the_guesses_are_said(tmp_path: Path) -> None:
    names = _without_names(tmp_path, "*.eml")
    journey = trustaudit.audit_journey(tmp_path)
    assert [each.stage for each in journey.documents] == ["negotiation", "onboarding", "billing", "renewal"]
    assert {each.path: each.stage for each in journey.documents} == names
    assert len(journey.guesses) == 4
    assert any(": billing, because " in guess and "“final notice”" in guess for guess in journey.guesses)
    assert journey.guesses[0] in journey.to_markdown()


@pytest.mark.parametrize(
    ("name", "text", "stage", "channel"),
    [
        ("mail/dunning-2.txt", "Please pay.", "billing", "email"),
        ("sms/reminder.txt", "Your appointment is on Monday.", "reminder", "sms"),
        ("KickOffCall.txt", "Hello, this is Lena.", "onboarding", "voice"),
        ("letters/apology.txt", "Dear Ms Okafor, we are sorry that the visit was missed.", "recovery", ""),
        ("offboarding/goodbye.txt", "Dear Ravi, we are sorry to see you go.", "exit", ""),
        ("a.txt", "Blue is a colour.", OTHER, ""),
    ],
)
def test_by_name_and_words(name: str, text: str, stage: str, channel: str) -> None:
    audit = trustaudit.scan_text(text, kind="message")
    found = recognise(audit, name)
    assert found.stage == stage, found.why
    assert found.why
    if channel:
        assert found.channel == channel


def test_a_short_piece_of_a_name_must_be_a_word_of_it() -> None:
    """“bill” is not in “Billingham.txt”, nor “exit” in “flexitime.txt”."""
    audit = trustaudit.scan_text("The sky over the moor was clear that day.", kind="message")
    assert recognise(audit, "flexitime.txt").stage == OTHER
    assert recognise(audit, "the-exit.txt").stage == "exit"


def test_what_is_no_document_is_left_out(tmp_path: Path) -> None:
    for name in ("a.txt", "README.md", ".hidden.txt", "logo.png", "x/.git/b.txt", "x/c.eml", "data.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [path.relative_to(tmp_path).as_posix() for path in documents_in(tmp_path)] == ["a.txt", "x/c.eml"]


def test_the_first_manifest_can_be_read_again_and_says_the_same(tmp_path: Path) -> None:
    _without_names(tmp_path, "*.docx")
    (tmp_path / "7: odd [name] #1.txt").write_text("Final notice: your invoice is overdue.", encoding="utf-8")
    manifest, audits, lost = recognised(tmp_path, Options())
    kinds = {path.name: audit.kind.value for path, audit in audits.items()}
    text = as_yaml(manifest, kinds)
    (tmp_path / "journey.yaml").write_text(text, encoding="utf-8")
    again = load_manifest(tmp_path / "journey.yaml")
    assert not lost
    assert again.company == manifest.company
    assert [(s.name, [d.path for d in s.documents]) for s in again.stages] == [
        (s.name, [d.path for d in s.documents]) for s in manifest.stages
    ]
    assert "# term-sheet: it says “prototype”" in text
