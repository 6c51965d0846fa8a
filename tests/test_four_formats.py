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

_PDF_LEAST = 0.85
"""A PDF does not say which lines are one paragraph: a list, or a clause with a line to fill in, may part otherwise,
and what is quoted with it."""


def words(audit: Audit) -> list[str]:
    document = audit.document
    body = (document.quote(block.span) for block in document.blocks if block.kind not in FURNITURE)
    return re.findall(r"\w+", " ".join(body).lower())


def findings(audit: Audit) -> Counter[tuple[str, str]]:
    return Counter((one.rule, " ".join(re.findall(r"[^\W_]+", one.quote.lower()))) for one in audit.findings)


def rules(audit: Audit) -> Counter[str]:
    return Counter(one.rule for one in audit.findings)


def alike(one: Counter[str], other: Counter[str]) -> float:
    """Findings that both have, of all that either has."""
    return (one & other).total() / max((one | other).total(), 1)


@pytest.mark.slow
def test_balanced_agreements(data_dir: Path) -> None:
    compared, shares = 0, []
    for path in sorted((data_dir / "documents" / "balanced").rglob("*.docx"))[::3]:
        ours = trustaudit.scan(path)
        for suffix in (".odt", ".rtf", ".pdf"):
            if not (twin := path.with_suffix(suffix)).exists():
                continue
            compared += 1
            theirs = trustaudit.scan(twin)
            assert SequenceMatcher(None, words(ours), words(theirs), autojunk=False).ratio() >= 0.99, twin
            if suffix == ".pdf":
                shares.append(alike(rules(ours), rules(theirs)))
            else:
                assert findings(ours) == findings(theirs), twin
    assert compared
    assert not shares or sum(shares) / len(shares) >= _PDF_LEAST, shares
