"""One agreement in four formats is measured alike, and fair standards are not called fine print."""

from __future__ import annotations

from pathlib import Path

import pytest

from trustaudit.audit import Measure
from trustaudit.language.sentences import sentences
from trustaudit.metrics import measure
from trustaudit.parsing import parse

FOLDER = "documents/balanced/waypointnda__waypointnda.com/files"
STEM = "4.0.1-long-letter"


def measures(path: Path) -> dict[str, Measure]:
    document = parse(path.read_bytes(), path.name)
    return measure(document, [sentence.span for sentence in sentences(document)])


@pytest.mark.parametrize(
    ("name", "apart"),
    [
        ("fine_print_ratio", 0.01),
        ("words", 60),
        ("sentence_length", 2.5),
        ("reading_ease", 5),
        ("capitals_share", 0.02),
    ],
)
def test_formats_of_one_agreement_agree(data_dir: Path, name: str, apart: float) -> None:
    values = [
        measures(data_dir / FOLDER / f"{STEM}.{suffix}")[name].value
        for suffix in ("docx", "odt", "rtf", "pdf")
    ]

    known = [value for value in values if value is not None]
    assert len(known) == len(values)
    assert max(known) - min(known) <= apart, values


def test_fair_standards_hide_nothing(data_dir: Path) -> None:
    papers = sorted((data_dir / FOLDER).glob("*.docx"))

    assert papers
    for path in papers:
        ratio = measures(path)["fine_print_ratio"].value
        assert ratio is None or ratio < 0.02, path.name
