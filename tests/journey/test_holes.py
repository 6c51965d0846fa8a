"""Bad input: a clear error, or a marked hole in the account; the rest stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import trustaudit
from tests.journey.test_account import check_sums
from trustaudit.errors import ConfigError, TrustauditError, UsageError

GOOD = "Dear Ravi, thank you for your visit. Call me on 555 0100; I answer within two days. Ines"
BAD = "Final notice: you failed to pay. If you do not pay by midnight, your supply will be disconnected."


def write(folder: Path, name: str, text: str | bytes) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)


def manifest(folder: Path, *stages: str) -> Path:
    lines = [f"  - {{stage: {each.split('/')[0]}, documents: '{each.partition('/')[2]}'}}" for each in stages]
    path = folder / "journey.yaml"
    path.write_text("name: x\nstages:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_an_unreadable_document_in_the_middle_is_a_hole(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", GOOD)
    write(tmp_path, "b.pdf", b"%PDF-1.7\nnot a pdf at all")
    write(tmp_path, "c.txt", BAD)
    journey = trustaudit.audit_journey(
        manifest(tmp_path, "onboarding/a.txt", "service/b.pdf", "billing/c.txt")
    )
    assert [each.path for each in journey.documents] == ["a.txt", "c.txt"]
    assert [each.order for each in journey.documents] == [0, 1]
    assert [(hole.path, hole.stage) for hole in journey.holes] == [("b.pdf", "service")]
    assert journey.holes[0].reason
    middle = journey.stages[1]
    assert (middle.score, middle.holes, middle.documents) == (None, 1, ())
    assert middle.reason == "its documents could not be read"
    assert middle.notes == ("1 document could not be read",)
    assert middle.opening == middle.closing == journey.stages[0].closing
    check_sums(journey)
    for text in (journey.to_html(), journey.to_markdown(), journey.to_json()):
        assert "b.pdf" in text
        assert "hole" in text.lower()


def test_a_missing_file_is_a_hole(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", GOOD)
    journey = trustaudit.audit_journey(manifest(tmp_path, "onboarding/a.txt", "billing/gone.txt"))
    assert journey.holes[0].reason.startswith("there is no such file (")
    assert journey.holes[0].reason.endswith("journey.yaml:4)")
    assert journey.score is not None


def test_a_stage_without_documents_stands_in_the_map_and_costs_nothing(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", GOOD)
    alone = trustaudit.audit_journey(manifest(tmp_path, "onboarding/a.txt"))
    path = tmp_path / "journey.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  - stage: exit\n", encoding="utf-8")
    with_gap = trustaudit.audit_journey(path)
    assert with_gap.stages[1].reason == "no document of this stage is here"
    assert with_gap.score == alone.score


def test_nothing_can_be_read(tmp_path: Path) -> None:
    write(tmp_path, "b.pdf", b"%PDF-1.7\nnot a pdf at all")
    with pytest.raises(UsageError, match=r"none of its documents can be read: b\.pdf: "):
        trustaudit.audit_journey(manifest(tmp_path, "service/b.pdf"))
    (tmp_path / "journey.yaml").unlink()
    with pytest.raises(UsageError, match=r"none of its documents can be read: b\.pdf: "):
        trustaudit.audit_journey(tmp_path)


def test_an_empty_folder_and_a_path_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no document in it"):
        trustaudit.audit_journey(tmp_path)
    with pytest.raises(UsageError, match="no such manifest or folder"):
        trustaudit.audit_journey(tmp_path / "gone.yaml")
    write(tmp_path, "letter.txt", GOOD)
    with pytest.raises(ConfigError):
        trustaudit.audit_journey(tmp_path / "letter.txt")


@pytest.mark.parametrize("text", ["", " \n ", "Hi.", "\ufeff", "?" * 5000, "A. " * 3000])
def test_documents_that_say_nothing_break_nothing(tmp_path: Path, text: str) -> None:
    write(tmp_path, "a.txt", text)
    write(tmp_path, "b.txt", BAD)
    journey = trustaudit.audit_journey(manifest(tmp_path, "onboarding/a.txt", "billing/b.txt"))
    assert len(journey.documents) + len(journey.holes) == 2
    check_sums(journey)
    assert journey.to_html()


def test_names_and_words_of_documents_are_never_markup(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    write(tmp_path, "a <b>&'.txt", f"{evil} You must pay 10 pounds before we help. {evil}")
    path = tmp_path / "journey.yaml"
    path.write_text(
        f'name: "{evil}"\nsegment: "{evil}"\nstages:\n  - stage: billing\n    title: "{evil}"\n'
        '    documents: "a <b>&\'.txt"\n',
        encoding="utf-8",
    )
    journey = trustaudit.audit_journey(path)
    page = journey.to_html()
    assert evil not in page
    assert "a <b>" not in page
    assert evil not in journey.to_markdown()
    assert trustaudit.audit_journey(path).to_json() == journey.to_json()


def test_rules_that_are_wrong_are_told_before_anything_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", GOOD)
    with pytest.raises(TrustauditError):
        trustaudit.audit_journey(manifest(tmp_path, "onboarding/a.txt"), select=["no-such-rule"])


def test_workers_give_the_same_and_keep_the_order(tmp_path: Path) -> None:
    """Documents with the same arguments are scanned together; the journey keeps its own order."""
    for name in ("a.txt", "c.txt"):
        write(tmp_path, name, GOOD)
    write(tmp_path, "b.txt", BAD)
    path = manifest(tmp_path, "onboarding/a.txt", "billing/b.txt", "service/c.txt")
    text = path.read_text(encoding="utf-8").replace("'b.txt'", "{path: b.txt, kind: message}")
    path.write_text(text, encoding="utf-8")
    one = trustaudit.audit_journey(path)
    two = trustaudit.audit_journey(path, jobs=2)
    assert one.to_json() == two.to_json()
    assert [each.path for each in two.documents] == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the superuser may look into every folder"
)
def test_a_folder_that_may_not_be_looked_into_is_a_hole(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", GOOD)
    write(tmp_path, "closed/b.txt", BAD)
    (tmp_path / "closed").chmod(0)
    try:
        journey = trustaudit.audit_journey(manifest(tmp_path, "onboarding/a.txt", "billing/closed/b.txt"))
    finally:
        (tmp_path / "closed").chmod(0o755)
    assert [hole.path for hole in journey.holes] == ["closed/b.txt"]


def test_a_stage_without_weight_is_shown_and_does_not_count(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", GOOD)
    write(tmp_path, "b.txt", BAD)
    path = manifest(tmp_path, "onboarding/a.txt", "billing/b.txt")
    whole = trustaudit.audit_journey(path)
    text = path.read_text(encoding="utf-8").replace("stage: billing,", "stage: billing, weight: 0,")
    path.write_text(text, encoding="utf-8")
    without = trustaudit.audit_journey(path)
    assert whole.worst_stage is not None
    assert without.worst_stage is not None
    assert (whole.worst_stage.name, without.worst_stage.name) == ("billing", "onboarding")
    assert without.score == without.stages[0].score
    assert without.stages[1].score == whole.stages[1].score
