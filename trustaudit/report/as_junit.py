"""JUnit XML: a suite for each document, a case for each rule.

What could not be told is skipped, with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from trustaudit.audit import Audit, Effect, Finding, OutcomeKind, Unreadable
from trustaudit.report.escaping import one_line, printable, shortened
from trustaudit.report.places import Places


def render(audits: Sequence[Audit], unreadable: Sequence[Unreadable]) -> str:
    """The whole XML, with its declaration."""
    root = ET.Element("testsuites", name="trustaudit")
    for audit in audits:
        _suite(root, audit)
    for each in unreadable:
        suite = ET.SubElement(root, "testsuite", name=_text(each.path))
        case = ET.SubElement(suite, "testcase", name="can be read", classname=_text(each.path))
        ET.SubElement(case, "error", message=_text(each.reason), type="unreadable")
        _count(suite)
    _count(root)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, audit: Audit) -> None:
    suite = ET.SubElement(root, "testsuite", name=_text(audit.document.name))
    places = Places(audit.document)
    found: dict[str, list[Finding]] = defaultdict(list)
    for each in audit.standing:
        if each.effect is Effect.WITHDRAWAL:
            found[each.rule].append(each)
    reasons = {each.rule: each for each in audit.outcomes}
    for rule in sorted({*found, *reasons}):
        case = ET.SubElement(suite, "testcase", name=_text(rule), classname=_text(audit.document.name))
        outcome = reasons.get(rule)
        for each in found.get(rule, ()):
            _failure(case, each, places.of(each))
        skipped = (OutcomeKind.NOT_APPLICABLE, OutcomeKind.COULD_NOT_TELL)
        if rule not in found and outcome is not None and outcome.outcome in skipped:
            ET.SubElement(case, "skipped", message=_text(f"{outcome.outcome.value}: {outcome.reason}"))
    _count(suite)


def _failure(case: ET.Element, found: Finding, place: str) -> None:
    failure = ET.SubElement(
        case, "failure", message=_text(f"{found.title} ({place})"), type=found.severity.value
    )
    parts = (
        f"“{shortened(found.quote, 600)}”" if found.quote else "",
        found.message,
        found.why,
        found.advice,
    )
    failure.text = printable("\n".join(one_line(part) for part in parts if part))


def _count(element: ET.Element) -> None:
    cases = list(element.iter("testcase"))
    element.set("tests", str(len(cases)))
    element.set("failures", str(_having(cases, "failure")))
    element.set("errors", str(_having(cases, "error")))
    element.set("skipped", str(_having(cases, "skipped")))


def _having(cases: Iterable[ET.Element], tag: str) -> int:
    return sum(case.find(tag) is not None for case in cases)


def _text(text: str) -> str:
    return one_line(text)
