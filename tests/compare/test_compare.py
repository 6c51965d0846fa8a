"""``trustaudit.compare`` with the rules: findings, numbers, files, folders, journeys, what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

import trustaudit
from tests.compare.agreement import NEW, OLD
from trustaudit.comparison import Change, Comparison, FindingTurn, Turn
from trustaudit.errors import UnreadableError, UsageError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("versions")
    (folder / "old.md").write_text(OLD, encoding="utf-8")
    (folder / "new.md").write_text(NEW, encoding="utf-8")
    return folder / "old.md", folder / "new.md"


@pytest.fixture(scope="module")
def there(versions: tuple[Path, Path]) -> Comparison:
    return trustaudit.compare(*versions)


@pytest.fixture(scope="module")
def back(versions: tuple[Path, Path]) -> Comparison:
    return trustaudit.compare(versions[1], versions[0])


def test_the_norms_that_were_changed_are_told(there: Comparison) -> None:
    said = {norm.said: norm.turn for norm in there.norms}
    assert said["Customer's time to pay: 30 days → 14 days"] is Turn.WORSE
    assert said["Customer's notice to end: 30 days → 90 days"] is Turn.WORSE
    assert said["Supplier's limit of liability: EUR 500,000 → EUR 50,000"] is Turn.WORSE
    assert not any(turn is Turn.BETTER for turn in said.values()), said


def test_a_clause_that_moved_is_the_same_clause(there: Comparison) -> None:
    care = next(each for each in there.clauses if each.old and "reasonable care" in each.old.quote)
    assert care.change is Change.REWORDED
    assert care.new is not None
    assert "will provide" in care.new.quote
    alone = [each.new or each.old for each in there.clauses if each.change in (Change.NEW, Change.GONE)]
    assert not any(passage and "pay each" in passage.quote for passage in alone)


def test_findings_are_new_gone_and_worse(there: Comparison) -> None:
    turns = {(each.finding.rule, each.turn) for each in there.findings}
    assert ("liability/indemnity-one-way", FindingTurn.NEW) in turns
    assert ("care-contracts/refund-promised", FindingTurn.GONE) in turns
    cap = next(each for each in there.findings if each.finding.rule == "liability/liability-cap-one-way")
    assert cap.turn is FindingTurn.WORSE
    assert "EUR 500,000 → EUR 50,000" in cap.why


def test_the_numbers_stand_side_by_side(there: Comparison) -> None:
    score = there.documents[0].metric("score")
    assert score is not None
    assert score.old is not None
    assert score.new is not None
    assert score.new < score.old
    assert there.turn is Turn.WORSE
    assert any("score" in said for said in there.worse)


def test_the_way_back_is_the_mirror(there: Comparison, back: Comparison) -> None:
    assert back.worse == ()
    assert back.turn is Turn.BETTER
    assert there.count(Change.NEW) == back.count(Change.GONE)
    turns = [
        {turn: sum(f.turn is turn for f in each.findings) for turn in FindingTurn} for each in (there, back)
    ]
    assert turns[0][FindingTurn.NEW] == turns[1][FindingTurn.GONE]
    assert turns[0][FindingTurn.WORSE] == turns[1][FindingTurn.BETTER]
    assert sum(n.turn is Turn.WORSE for n in there.norms) == sum(n.turn is Turn.BETTER for n in back.norms)


def test_each_finding_of_both_versions_stands_once(there: Comparison, versions: tuple[Path, Path]) -> None:
    old, new = (trustaudit.scan(path) for path in versions)
    assert sorted(f.old.fingerprint for f in there.findings if f.old) == sorted(
        f.fingerprint for f in old.findings
    )
    assert sorted(f.new.fingerprint for f in there.findings if f.new) == sorted(
        f.fingerprint for f in new.findings
    )


def test_audits_compare_as_files_do(there: Comparison, versions: tuple[Path, Path]) -> None:
    found = trustaudit.compare(*(trustaudit.scan(path) for path in versions))
    assert [norm.said for norm in found.norms] == [norm.said for norm in there.norms]
    assert found.worse == there.worse


@pytest.mark.parametrize(
    "name",
    ["services-agreement.pdf", "prototype-term-sheet.docx", "terms.md", "reminders/payment-overdue.eml"],
)
def test_an_example_does_not_differ_from_itself(name: str) -> None:
    path = ROOT / "examples" / name
    found = trustaudit.compare(path, path)
    assert not found.differs
    assert found.worse == ()
    assert {each.turn for each in found.findings} <= {FindingTurn.SAME}
    assert not any(metric.differs for metric in found.documents[0].metrics)


def test_folders_pair_by_name_and_then_by_content(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name / "in").mkdir(parents=True)
    (tmp_path / "a" / "same.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "b" / "same.md").write_text(NEW, encoding="utf-8")
    terms = (
        "You may return what you bought within 30 days. We refund the price within five days of that.\n" * 3
    )
    (tmp_path / "a" / "terms.txt").write_text(terms, encoding="utf-8")
    (tmp_path / "b" / "in" / "conditions.txt").write_text(terms.replace("five", "ten"), encoding="utf-8")
    (tmp_path / "a" / "gone.txt").write_text("Thank you for your order, Ms Hill. It leaves us today.")
    (tmp_path / "b" / "new.md").write_text(
        "# Terms of Service\n\nWe may change these terms at any time without notice.\n\nYou shall indemnify us.\n"
    )
    found = trustaudit.compare(tmp_path / "a", tmp_path / "b")
    pairs = {Path(each.new.name).name: each for each in found.documents}
    assert set(pairs) == {"same.md", "conditions.txt"}
    assert pairs["conditions.txt"].pairing.by == "content"
    assert Path(pairs["conditions.txt"].old.name).name == "terms.txt"
    assert [Path(each.version.name).name for each in found.added] == ["new.md"]
    assert [Path(each.version.name).name for each in found.removed] == ["gone.txt"]
    assert any("new.md: a new document" in said for said in found.worse), found.worse


def test_an_unreadable_document_among_many_is_said_and_the_rest_stands(tmp_path: Path) -> None:
    for name, text in (("a", OLD), ("b", NEW)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "agreement.md").write_text(text, encoding="utf-8")
        (tmp_path / name / "broken.pdf").write_bytes(b"%PDF-1.7 nothing behind it")
    found = trustaudit.compare(tmp_path / "a", tmp_path / "b")
    assert len(found.documents) == 1
    assert [Path(each.path).name for each in found.unreadable] == ["broken.pdf", "broken.pdf"]


def test_a_named_document_that_cannot_be_read_ends_it(tmp_path: Path, versions: tuple[Path, Path]) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing behind it")
    with pytest.raises(UnreadableError, match=r"broken\.pdf"):
        trustaudit.compare(versions[0], broken)


def test_a_missing_side_and_a_file_against_a_folder_are_refused(versions: tuple[Path, Path]) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.md: no such file"):
        trustaudit.compare(versions[0], "nowhere.md")
    with pytest.raises(UsageError, match="is one document and"):
        trustaudit.compare(versions[0], versions[0].parent)


def test_different_kinds_are_compared_and_said(versions: tuple[Path, Path]) -> None:
    found = trustaudit.compare(versions[0], ROOT / "examples" / "reminders" / "appointment-reminder.txt")
    assert any("reads as a contract" in note for note in found.documents[0].notes)


def test_journeys_compare_by_stage(tmp_path: Path) -> None:
    for name, text in (("a", OLD), ("b", NEW)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "agreement.md").write_text(text, encoding="utf-8")
        (folder / "journey.yaml").write_text("stages:\n- stage: contract\n  documents: agreement.md\n")
    found = trustaudit.compare(tmp_path / "a" / "journey.yaml", tmp_path / "b" / "journey.yaml")
    account = {each.name: each for each in found.account}
    assert account["score"].turn is Turn.WORSE
    assert "stage: contract" in account
    assert any("journey's score" in said for said in found.worse)
    assert found.documents[0].norms
