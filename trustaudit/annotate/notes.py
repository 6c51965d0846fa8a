"""Findings to notes: the words that a copy shows beside a passage, the same in every format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trustaudit.annotate.values import Note
from trustaudit.audit import Audit, Confidence, Effect, Finding
from trustaudit.report import words

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_QUOTED = 300  # characters of a related passage


def notes(audit: Audit) -> tuple[Note, ...]:
    """A note for each finding that stands, in the order of the text; suppressed ones have none."""
    findings = sorted(audit.standing, key=lambda each: (each.start, -each.end, each.rule))
    titles = {each.fingerprint: each.title for each in audit.findings}
    return tuple(
        Note(
            number=number,
            start=each.start,
            end=each.end,
            quote=each.quote,
            title=_title(each),
            effect=each.effect,
            severity=each.severity,
            lines=tuple((label, printable(said)) for label, said in _lines(each, titles) if said),
            rewrite=_suggestion(each, titles),
        )
        for number, each in enumerate(findings, 1)
    )


def _suggestion(found: Finding, titles: dict[str, str]) -> str:
    """The wording to suggest: one for a clause, that of the finding with which the others count."""
    return "" if found.effect is Effect.DEPOSIT or found.root in titles else printable(found.rewrite)


def head(audit: Audit) -> tuple[str, ...]:
    """The summary's first lines: the result, and what the marks are."""
    scored = audit.scored
    result = "no grade" if scored.grade is None else f"grade {scored.grade}"
    if scored.value is not None:
        result += f", score {words.number(scored.value)} of 100"
    standing = audit.standing
    counts = ", ".join(_counted(standing, effect) for effect in Effect)
    lines = [f"trustaudit: {result}: {counts}."]
    if scored.grade is None and scored.reason:
        lines.append(f"No grade, because {printable(scored.reason)}.")
    if audit.suppressed:
        lines.append(f"{words.count(len(audit.suppressed), 'finding')} suppressed and not marked.")
    lines += [
        f"Not read: {printable(each.where)}: {printable(each.reason)}" for each in audit.document.unread
    ]
    return (*lines, "Information about paper, not legal advice.")


def leftovers(whole: Sequence[Note], unplaced: Sequence[tuple[Note, str]]) -> Iterator[str]:
    """The notes that no passage carries, for the summary: about the whole, and what could not be placed."""
    for note in whole:
        yield f"About the document as a whole: {note.text}"
    for note, reason in unplaced:
        yield f"Could not be placed ({reason}): “{printable(note.quote)}”\n{note.text}"


def printable(text: str) -> str:
    """The text without characters that XML 1.0 and PDF viewers cannot show."""
    return _UNPRINTABLE.sub("\ufffd", text)


def _counted(standing: Sequence[Finding], effect: Effect) -> str:
    return words.count(sum(each.effect is effect for each in standing), effect.value)


def _title(found: Finding) -> str:
    if found.effect is Effect.WITHDRAWAL:
        return f"{words.SEVERITY[found.severity]}: {printable(found.title)}"
    if found.effect is Effect.DEPOSIT:
        return f"Good, keep it: {printable(found.title)}"
    return f"Note: {printable(found.title)}"


def _lines(found: Finding, titles: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield "Here", found.message
    yield "Why", found.why
    yield "Advice", "" if found.effect is Effect.DEPOSIT else found.advice
    yield "Balanced wording", "" if found.effect is Effect.DEPOSIT else found.rewrite
    for each in found.related:
        yield "See also", f"“{_shortened(each.quote)}” ({each.message})" if each.quote else each.message
    if found.root in titles:
        yield "Counts with", titles[found.root]
    check = ", please check" if found.confidence is Confidence.LOW else ""
    yield "Rule", f"{found.rule} (severity {found.severity}, confidence {found.confidence}{check})"
    sources = [f"{each.name} {each.url}".strip() for each in found.references]
    yield "Sources", "; ".join(sources)


def _shortened(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= _QUOTED else f"{flat[: _QUOTED - 1]}…"
