"""None is invented: fair standards with themselves and in other formats, contracts of strangers, mails of one sender."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from trustaudit import pipeline
from trustaudit.audit import Audit
from trustaudit.journey.conflicts import find_conflicts
from trustaudit.journey_audit import Conflict, Staged


def together(audits: Sequence[tuple[str, Audit]]) -> tuple[Conflict, ...]:
    """The conflicts of documents in one journey."""
    return find_conflicts(
        [
            Staged(audit, "service", at, f"{at}-{name}", str(audit.kind))
            for at, (name, audit) in enumerate(audits)
        ]
    )


def scanned(paths: Sequence[Path], kind: str = "auto") -> list[tuple[str, Audit]]:
    return [(path.name, pipeline.scan(path, kind=kind)) for path in paths]


def balanced(data_dir: Path) -> list[Path]:
    return sorted(path for path in (data_dir / "documents" / "balanced").rglob("*") if path.is_file())


def agrees_with_itself(paths: Sequence[Path]) -> None:
    for name, audit in scanned(paths):
        assert together([(name, audit), (name, audit)]) == (), name


def test_fair_standards_agree_with_themselves(data_dir: Path) -> None:
    agrees_with_itself(balanced(data_dir)[::40])


@pytest.mark.slow
def test_all_fair_standards_agree_with_themselves(data_dir: Path) -> None:
    agrees_with_itself(balanced(data_dir))


def formats_agree(families: Sequence[Path]) -> None:
    for path in families:
        twins = [
            path,
            *(twin for suffix in (".odt", ".rtf", ".pdf") if (twin := path.with_suffix(suffix)).exists()),
        ]
        assert together(scanned(twins)) == (), path.name


def test_one_agreement_in_four_formats_agrees(data_dir: Path) -> None:
    formats_agree([path for path in balanced(data_dir) if path.suffix == ".docx"][::12])


@pytest.mark.slow
def test_every_agreement_in_four_formats_agrees(data_dir: Path) -> None:
    formats_agree([path for path in balanced(data_dir) if path.suffix == ".docx"])


def contracts(data_dir: Path, step: int, most: int) -> list[tuple[str, Audit]]:
    with (data_dir / "cuad" / "contracts.jsonl").open(encoding="utf-8") as rows:
        found = [json.loads(row) for at, row in enumerate(rows) if at % step == 0]
    short = [row for row in found if len(row["text"]) < 60_000][:most]
    return [(row["file"], pipeline.scan_text(row["text"], kind="contract")) for row in short]


def test_contracts_of_strangers_do_not_contradict_each_other(data_dir: Path) -> None:
    assert together(contracts(data_dir, 45, 4)) == ()


@pytest.mark.slow
def test_forty_contracts_of_strangers_do_not_contradict_each_other(data_dir: Path) -> None:
    assert together(contracts(data_dir, 5, 40)) == ()


@pytest.mark.parametrize(
    "folder",
    ["ActiveCampaign__postmark-templates/templates/plain", "killbill__killbill-email-notifications-plugin"],
)
def test_mails_of_one_sender_agree(data_dir: Path, folder: str) -> None:
    paths = sorted(path for path in (data_dir / "messages" / folder).rglob("*") if path.is_file())
    assert together(scanned(paths, "message")) == ()


@pytest.mark.slow
def test_all_mails_of_each_sender_agree(data_dir: Path) -> None:
    for folder in sorted((data_dir / "messages").iterdir()):
        if folder.is_dir():
            paths = sorted(path for path in folder.rglob("*") if path.is_file())
            assert together(scanned(paths, "message")) == (), folder.name
