"""One agreement as DOCX, ODT, RTF and PDF: the same words, and the same findings."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest

import trustaudit
from trustaudit.audit import Audit
from trustaudit.document import FURNITURE


def words(audit: Audit) -> list[str]:
    document = audit.document
    body = (document.quote(block.span) for block in document.blocks if block.kind not in FURNITURE)
    return re.findall(r"\w+", " ".join(body).lower())


def findings(audit: Audit) -> Counter[tuple[str, str]]:
    return Counter((one.rule, " ".join(re.findall(r"[^\W_]+", one.quote.lower()))) for one in audit.findings)


@pytest.mark.slow
def test_balanced_agreements(data_dir: Path) -> None:
    compared = 0
    for path in sorted((data_dir / "documents" / "balanced").rglob("*.docx"))[::2]:
        ours = trustaudit.scan(path)
        for suffix in (".odt", ".rtf", ".pdf"):
            if not (twin := path.with_suffix(suffix)).exists():
                continue
            compared += 1
            theirs = trustaudit.scan(twin)
            assert SequenceMatcher(None, words(ours), words(theirs), autojunk=False).ratio() >= 0.99, twin
            assert findings(ours) == findings(theirs), twin
    assert compared
