"""A rule's examples are its tests: exactly what is marked is found, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from trustaudit.document import Document, Span
from trustaudit.errors import TrustauditError
from trustaudit.ruleset.fix import changes
from trustaudit.ruleset.rule import Example, Rule

Scan = Callable[[Example, Rule], Sequence[Span]]
"""Scans an example with one rule, and returns what it found as spans of the example's own text."""

WIDTH = 100
"""Characters of a line of the example that a failure shows."""


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example that does not hold: what is marked and was not found, what was found and is not marked."""

    rule: str
    part: str  # flagged | clean | fix
    number: int  # from 1
    example: Example
    missed: tuple[Span, ...] = ()
    extra: tuple[Span, ...] = ()
    error: str = ""

    @property
    def headline(self) -> str:
        """One line: which example, and what is wrong with it."""
        return f"{self.rule}: {self.part} example {self.number}: {self.error or self._difference()}"

    def __str__(self) -> str:
        return "\n".join([self.headline, *(f"    {line}" for line in self._picture())])

    def _difference(self) -> str:
        if self.missed and self.extra:
            return "what is found is not what is marked"
        return "nothing is found where it is marked" if self.missed else "more is found than is marked"

    def _picture(self) -> Iterator[str]:
        shown = [(span, "marked, not found") for span in self.missed]
        shown += [(span, "found, not marked") for span in self.extra]
        for span, what in sorted(shown):
            yield from caret_lines(self.example.text, span, what)


def run_examples(rule: Rule, scan: Scan) -> list[ExampleFailure]:
    """Run all examples of a rule; empty where every one holds. Order of the spans does not matter."""
    failures = []
    for part, examples in (("flagged", rule.examples.flagged), ("clean", rule.examples.clean)):
        for number, example in enumerate(examples, 1):
            try:
                found = {Span(*span) for span in scan(example, rule)}
            except TrustauditError as error:
                failures.append(ExampleFailure(rule.id, part, number, example, error=str(error)))
                continue
            missed, extra = set(example.marks) - found, found - set(example.marks)
            if missed or extra:
                failures.append(
                    ExampleFailure(
                        rule.id, part, number, example, tuple(sorted(missed)), tuple(sorted(extra))
                    )
                )
    return failures


def run_fix(rule: Rule, scan: Scan) -> list[ExampleFailure]:
    """Fix each text of the rule's ``fix``: what is promised comes out, and nothing is left to fix in it."""
    failures = []
    for number, result in enumerate(rule.fix.results if rule.fix else (), 1):
        example = Example(result.before)
        try:
            made = _fixed(rule, example, scan)
            again = _fixed(rule, Example(made), scan)
        except TrustauditError as error:
            failures.append(ExampleFailure(rule.id, "fix", number, example, error=str(error)))
            continue
        if made != result.after:
            said = f"it makes {made!r}, not {result.after!r}"
            failures.append(ExampleFailure(rule.id, "fix", number, example, error=said))
        elif again != made:
            said = f"fixed twice it becomes {again!r}"
            failures.append(ExampleFailure(rule.id, "fix", number, example, error=said))
    return failures


def _fixed(rule: Rule, example: Example, scan: Scan) -> str:
    """The example's text with every passage changed that the rule finds and declares a wording for."""
    text = example.text
    for span in sorted({Span(*span) for span in scan(example, rule)}, reverse=True):
        for part, wording in reversed(changes(rule.fix, example.text, span) if rule.fix else ()):
            text = text[: part.start] + wording + text[part.end :]
    return text


def caret_lines(text: str, span: Span, what: str) -> Iterator[str]:
    """Each line of the text that the span touches, with carets under its part; long lines are cut."""
    start = text.rfind("\n", 0, span.start) + 1
    first = True
    while first or start < span.end:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield from _underlined(text[start:end], span.start - start, span.end - start, what if first else "")
        start, first = end + 1, False


def _underlined(line: str, start: int, end: int, what: str) -> Iterator[str]:
    start, end = max(start, 0), min(end, len(line))
    cut = max(min(start - 15, len(line) - WIDTH), 0)
    shown = line[cut : cut + WIDTH]
    dots = "…" if cut else ""
    carets = "^" * max(min(end, cut + WIDTH) - start, 1)
    yield f"{dots}{shown}{'…' if cut + WIDTH < len(line) else ''}".replace("\t", " ")
    yield f"{' ' * (start - cut + len(dots))}{carets} {what}".rstrip()


def span_in_source(document: Document, span: Span, source: str) -> Span | None:
    """Where a span of a parsed document stands in the source it was parsed from, or None.

    For plain text they are the same place. In Markdown or HTML the words are looked up in the
    source, with markup between them, the same occurrence as in the document.
    """
    if document.text == source:
        return span
    words = re.findall(r"\S+", document.quote(span))
    if not words:
        return None
    pattern = re.compile(r"(?:\s|&nbsp;|<[^<>]*>|[*_`])+".join(map(_in_markup, words)))
    places = list(pattern.finditer(source))
    before = re.compile(r"\s+".join(map(re.escape, words)))
    at = sum(1 for found in before.finditer(document.text) if found.start() < span.start)
    return Span(*places[at].span()) if at < len(places) else None


def _in_markup(word: str) -> str:
    """A pattern for a word whose marks may be written as entities, such as ``&amp;``."""
    return "".join(re.escape(char) if char.isalnum() else rf"(?:{re.escape(char)}|&#?\w+;)" for char in word)
