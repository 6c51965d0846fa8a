"""Cross-references that lead nowhere: "Section 14.3", where no 14.3 is.

Only what is sure counts: the document must number its clauses in that way itself, the reference must not be
to another paper ("Section 5 of the Act"), and for 14.3 there must be other numbers of two levels.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from trustaudit.audit import Measure
from trustaudit.document import BlockKind, Document, Span

_NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,4}"
_REFERENCE = re.compile(
    rf"\b(?P<kind>[Ss]ection|[Cc]lause|[Pp]aragraph|Article|Exhibit|Schedule|Annex|Appendix|Attachment)s?\s+"
    rf"(?P<number>{_NUMBER}|[IVXLC]{{1,6}}\b|[A-Z]\b)(?!\.?[\w%])"
)
_LABEL = re.compile(
    rf"\W{{0,3}}(?:(?P<kind>section|clause|paragraph|article|exhibit|schedule|annex|appendix|attachment)s?\s+"
    rf"[“\"']?(?P<named>{_NUMBER}|[IVXLC]{{1,6}}\b|[A-Z]\b)|(?P<number>{_NUMBER})(?=[.):\s\-–—“\"]|\Z))",
    re.IGNORECASE,
)
_INNER_LABEL = re.compile(r"[.;:)\]”\"]\s+(\d{1,3}(?:\.\d{1,3}){1,4})\.?\s+[A-Z(“\"]")
_ELSEWHERE = re.compile(
    r"(?:\([a-zA-Z0-9]{1,5}\)|\s|,|(?:and|or|through|to)\b|[\d.–—-])*"
    r"(?:of|under|in|to)\s+(?!this\b|these\b|the (?:agreement|contract|terms|lease|present)\b|hereof)",
)
_BEFORE_ELSEWHERE = re.compile(
    r"(?:Act|Code|Law|Regulations?|Rules?|U\.S\.C\.|C\.F\.R\.|CFR|Statutes?|Ordinance),?\s*$"
)
_PARTS = frozenset({"exhibit", "schedule", "annex", "appendix", "attachment"})
_LEAST = 3  # labels of the same form, before a missing one means anything
_NO_PLACE = frozenset({BlockKind.CONTENTS, BlockKind.PAGE_NUMBER, BlockKind.FOOTER})


def undefined_references(document: Document) -> Measure:
    """How many references lead nowhere; None where the document numbers nothing."""
    labels = _labels(document)
    if sum(len(numbers) for numbers in labels.values()) < _LEAST:
        return Measure(None, "the clauses are not numbered")
    missing = tuple(_missing(document, labels))
    return Measure(float(len(missing)), "", missing[:20])


def _labels(document: Document) -> dict[str, set[str]]:
    """The numbers that the document itself bears: ``clause`` for plain ones, or the name of the part."""
    labels: dict[str, set[str]] = {}
    for block in document.blocks:
        if block.kind in _NO_PLACE:
            continue
        found = _LABEL.match(document.text, block.start, min(block.end, block.start + 60))
        if found is None:
            continue
        kind = (found["kind"] or "clause").lower()
        number = (found["named"] or found["number"]).upper()
        labels.setdefault(kind if kind in _PARTS else "clause", set()).add(number)
    labels.setdefault("clause", set()).update(_INNER_LABEL.findall(document.text))
    return labels


def _missing(document: Document, labels: dict[str, set[str]]) -> Iterator[Span]:
    starts = [block.start for block in document.blocks]
    families = {number.partition(".")[0] for number in labels["clause"] if "." in number}
    for found in _REFERENCE.finditer(document.text):
        block = document.blocks[max(bisect_right(starts, found.start()) - 1, 0)]
        quoted = document.text[found.start() - 1 : found.start()] in {"“", '"'}
        if block.kind in _NO_PLACE or found.start() == block.start or quoted:
            continue
        if _leads_nowhere(found["kind"].lower(), found["number"].upper(), labels, families):
            after, before = (
                document.text[found.end() : found.end() + 80],
                document.text[max(found.start() - 30, 0) : found.start()],
            )
            if not _ELSEWHERE.match(after) and not _BEFORE_ELSEWHERE.search(before):
                yield Span(*found.span())


def _leads_nowhere(kind: str, number: str, labels: dict[str, set[str]], families: set[str]) -> bool:
    """Is the number surely missing?"""
    if kind in _PARTS:
        same = labels.get(kind, set())
        return bool(same) and number not in same and _form(number) in map(_form, same)
    known = labels["clause"]
    if number in known or number.rstrip(".0") in known:
        return False
    alike = [label for label in known if _form(label) == _form(number)]
    if "." in number:
        return number.partition(".")[0] in families and len(alike) >= _LEAST
    if _form(number) != "1" or number in families:
        return False
    return len(alike) >= _LEAST and int(number) <= 1.5 * _counted_to({int(label) for label in alike}) + 5


def _counted_to(numbers: set[int]) -> int:
    """How far the clauses are counted from 1, one missing number at a time forgiven."""
    last = 0
    while last + 1 in numbers or last + 2 in numbers:
        last += 1 if last + 1 in numbers else 2
    return last


def _form(number: str) -> str:
    """``1``, ``1.1``, ``1.1.1`` for figures by depth; ``I`` for letters and Roman numbers."""
    return ".".join("1" for _ in number.split(".")) if number[0].isdigit() else "I"
