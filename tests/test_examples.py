"""The samples: made by their generator, the same bytes each time, and good to look at."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import trustaudit
from examples.make import HERE, MADE
from trustaudit.audit import Effect
from trustaudit.document import BlockKind


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_committed_file_is_what_the_generator_makes(name: str) -> None:
    first, second = MADE[name](), MADE[name]()
    assert first == second
    assert first == (HERE / name).read_bytes()


def test_the_agreement_has_two_sides_and_fine_print_of_two_kinds() -> None:
    audit = trustaudit.scan(HERE / "services-agreement.pdf")
    assert audit.kind == "contract"
    assert any("Alder & Finch" in name or name == "Provider" for name in audit.parties.company)
    assert audit.metrics["fine_print_ratio"] == pytest.approx(0.3, abs=0.1)
    fine = " ".join(audit.document.text[span.start : span.end] for span in audit.fine_print)
    assert "counts as an answer in time" in fine  # a grey footnote
    assert "scratched or returned without its packaging" in fine  # the page of small print
    assert len(audit.document.pages) == 5
    assert {finding.effect for finding in audit.findings} >= {Effect.WITHDRAWAL}


def test_the_term_sheet_keeps_its_footnote_and_its_table() -> None:
    document = trustaudit.scan(HERE / "prototype-term-sheet.docx").document
    kinds = {kind: [document.quote(b.span) for b in document.blocks if b.kind is kind] for kind in BlockKind}
    assert any("Normal wear is treated as damage" in text for text in kinds[BlockKind.FOOTNOTE])
    assert "38,000 dollars" in " ".join(kinds[BlockKind.TABLE_CELL])
    assert document.unread == ()


def test_the_better_reminder_is_better() -> None:
    worse = trustaudit.scan(HERE / "reminders" / "appointment-reminder.txt", kind="message")
    better = trustaudit.scan(HERE / "reminders" / "appointment-reminder-better.txt", kind="message")
    assert better.account.balance > worse.account.balance
    assert any(finding.effect is Effect.WITHDRAWAL for finding in worse.findings)


def test_two_runs_over_all_samples_give_the_same_bytes() -> None:
    command = [
        sys.executable,
        "-m",
        "trustaudit",
        "scan",
        str(HERE),
        "--format",
        "json",
        "--fail-on",
        "never",
    ]
    runs = [subprocess.run(command, capture_output=True, check=True, timeout=120).stdout for _ in range(2)]
    assert runs[0] == runs[1]
    report = json.loads(runs[0])
    assert report["unreadable"] == []
    assert [Path(document["path"]).name for document in report["documents"]] == [
        "payment-overdue.eml", "master-agreement.pdf", "your-requested-changes.eml", "welcome.eml", "offer.md",
        "actuators.html", "service-visit-call.txt", "renewal-notice.eml", "prototype-term-sheet.docx",
        "prototype-term-sheet.docx", "appointment-reminder-better.txt", "appointment-reminder.txt",
        "booking-confirmation.html", "payment-overdue.eml", "services-agreement.pdf", "terms.md",
    ]  # fmt: skip
