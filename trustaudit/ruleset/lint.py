"""Advice on rules that load, but could be better: what ``trustaudit rules lint`` says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trustaudit.audit import Effect, Severity
from trustaudit.document import Span
from trustaudit.ruleset.labels import unknown_label
from trustaudit.ruleset.pattern import Compiler, Pattern
from trustaudit.ruleset.phrase import MARKS, Choice, Phrase, Word, parse_phrase
from trustaudit.ruleset.rule import (
    Example,
    Frame,
    NormFind,
    Phrases,
    Reciprocal,
    Required,
    Rule,
    Ruleset,
    Tokens,
    Weighted,
)

Loc = tuple[str | int, ...]
Advice = tuple[Loc, str, str]
"""Where in the file, the name of the check, and what to do."""

FoundIn = Callable[[Example, Rule], Mapping[str, Sequence[Span]]]
"""What all rules find in an example of a rule: spans of the example's text by rule id."""

CRITICAL_EXAMPLES = 3
"""A deal breaker caps the grade: it should be shown from so many sides, flagged and clean."""

_COMMON = frozenset((
    "a", "all", "an", "and", "any", "are", "be", "can", "for", "has", "have", "in", "is", "it", "may", "must",
    "not", "of", "on", "or", "shall", "the", "this", "that", "to", "will", "with",
))  # fmt: skip
_PARTY_WORDS = {
    **dict.fromkeys(("we", "us"), "<company>"),
    **dict.fromkeys(("our", "ours"), "<company>'s"),
    "you": "<customer>",
    **dict.fromkeys(("your", "yours"), "<customer>'s"),
}
_NORM_KEYS = frozenset(("action", "with", "without"))  # tried on norms that were read, not on every clause
_OF_CLAUSES = (Phrases, Tokens, Frame, Weighted, NormFind, Reciprocal)
_VERDICTS = ("unlawful", "illegal", "against the law")


@dataclass(frozen=True, slots=True, order=True)
class Lint:
    """One piece of advice; ``line`` counts from 1, and is 0 where the file could not be read again."""

    path: str
    line: int
    rule: str
    check: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} [{self.check}]"


def lint(
    ruleset: Ruleset, found_in: FoundIn | None = None, others: Ruleset | None = None
) -> tuple[Lint, ...]:
    """Advice on every rule, by file and line.

    With ``found_in`` the rules are tried on each other's examples too, and on those of ``others``.
    """
    compiler = Compiler(ruleset.vocabulary)
    found: list[Lint] = []
    for rule in ruleset.rules:
        advice = [
            *_gates(rule, compiler),
            *_party_words(rule),
            *_prose(rule),
            *_sources(rule),
            *_examples(rule),
            *_labels(rule),
        ]
        if found_in:
            advice += _overlaps(rule, others or ruleset, found_in)
        found += _placed(rule, advice)
    return tuple(sorted([*found, *_same_prose(ruleset)]))


def _placed(rule: Rule, advice: Sequence[Advice]) -> Iterator[Lint]:
    """The advice with the lines of the rule's file, which is read again only where there is any."""
    if not advice:
        return
    from trustaudit.ruleset.load import shown
    from trustaudit.ruleset.yaml_lines import read_yaml

    try:
        file = read_yaml(Path(rule.path).read_bytes())
    except OSError:
        file = None
    for loc, check, message in advice:
        yield Lint(shown(rule.path), file.line(loc) if file else 0, rule.id, check, message)


def _phrases(rule: Rule) -> Iterator[tuple[Loc, str]]:
    """Every phrase that looks for something, with its place in the file."""
    for number, find in enumerate(rule.find):
        parts: dict[str, tuple[str, ...]] = {}
        if isinstance(find, Phrases):
            parts = {"any": find.any}
        elif isinstance(find, NormFind):
            parts = {"action": find.action, "with": find.with_, "without": find.without}
        elif isinstance(find, Reciprocal):
            parts = {"asked": find.asked, "given": find.given}
        elif isinstance(find, Required):
            parts = {"ground": find.ground, "protection": find.protection}
        for key, phrases in parts.items():
            for at, phrase in enumerate(phrases):
                where: Loc = ("find", key, at) if len(rule.find) == 1 else ("find", number, key, at)
                yield where, phrase


def _gates(rule: Rule, compiler: Compiler) -> Iterator[Advice]:
    for loc, phrase in _phrases(rule):
        if not _NORM_KEYS & set(loc) and not _has_gate(compiler.compile(phrase)):
            yield loc, "no-literal", f"'{phrase}' has no word of its own, so it runs on every clause: add one"


def _has_gate(pattern: Pattern) -> bool:
    """Whether a clause without some particular word can be passed over."""
    return any(not any(word in MARKS or word in _COMMON for word in words) for words in pattern.literals)


def _party_words(rule: Rule) -> Iterator[Advice]:
    more: list[tuple[Loc, str]] = [(("unless", at), phrase) for at, phrase in enumerate(rule.unless)]
    more += [
        (("find",), term)
        for find in rule.find
        if isinstance(find, Weighted)
        for term in (*find.terms, *find.phrases)
    ]
    for loc, phrase in [*_phrases(rule), *more]:
        for word in _words(parse_phrase(phrase)):
            if word in _PARTY_WORDS:
                yield loc, "party-word", f"'{word}' never stands in a clause: write {_PARTY_WORDS[word]}"


def _words(phrase: Phrase) -> Iterator[str]:
    for item in phrase:
        if isinstance(item, Word):
            yield item.text
        elif isinstance(item, Choice):
            for branch in item.branches:
                yield from _words(branch)


def _prose(rule: Rule) -> Iterator[Advice]:
    if rule.title.endswith("."):
        yield ("title",), "title-stop", "a title ends without a full stop"
    for key in ("title", "why", "advice", "severity_reason"):
        said = next((word for word in _VERDICTS if word in getattr(rule, key).lower()), None)
        if said:
            yield (key,), "verdict", f"'{said}' is for courts: write 'listed as unfair in …'"
    if rule.effect is not Effect.WITHDRAWAL:
        return
    for key in ("advice", "rewrite"):
        if not getattr(rule, key):
            yield (), f"no-{key}", f"a withdrawal should come with '{key}:'"
    if Severity.CRITICAL in rule.severity.values() and not rule.severity_reason:
        yield ("severity",), "no-reason", "a critical severity needs its 'severity_reason:'"


def _sources(rule: Rule) -> Iterator[Advice]:
    if rule.effect is Effect.WITHDRAWAL and not rule.references:
        yield (), "no-source", "a withdrawal should name a source under 'references:'"
    for at, reference in enumerate(rule.references):
        if not reference.checked_on:
            yield ("references", at), "unchecked", f"'{reference.name}' has no 'checked_on:': look it up"


def _examples(rule: Rule) -> Iterator[Advice]:
    parts = {"flagged": rule.examples.flagged, "clean": rule.examples.clean}
    for part, examples in parts.items():
        if Severity.CRITICAL in rule.severity.values() and len(examples) < CRITICAL_EXAMPLES:
            wanted = f"a critical rule should have {CRITICAL_EXAMPLES} {part} examples or more"
            yield ("examples", part), "few-examples", f"{wanted}, not {len(examples)}"
        texts = [example.text for example in examples]
        for at, text in enumerate(texts):
            if text in texts[:at]:
                yield ("examples", part, at), "same-example", "this example stands here twice"


def _labels(rule: Rule) -> Iterator[Advice]:
    for scheme, label in rule.labels.items():
        fault = unknown_label(scheme, label)
        if fault:
            yield ("labels", scheme), "label", fault


def _same_prose(ruleset: Ruleset) -> Iterator[Lint]:
    """Texts that two rules share word for word: one of the two does not say what is special about it."""
    for key in ("title", "why", "advice", "rewrite"):
        first: dict[str, str] = {}
        for rule in ruleset.rules:
            text = getattr(rule, key)
            if text and text in first:
                advice = ((key,), f"same-{key}", f"'{key}' is word for word that of {first[text]}")
                yield from _placed(rule, [advice])
            elif text:
                first[text] = rule.id


def _is_of_clauses(rule: Rule) -> bool:
    """Whether the rule looks at clauses: what it says of a whole document is no rival of a clause's rule."""
    return any(isinstance(find, _OF_CLAUSES) for find in rule.find)


def _overlaps(rule: Rule, ruleset: Ruleset, found_in: FoundIn) -> Iterator[Advice]:
    """Rules of the same effect that find half or more of this rule's flagged examples too."""
    effects = {other.id: other.effect for other in ruleset.rules if _is_of_clauses(other)}
    counts: dict[str, int] = {}
    for example in rule.examples.flagged:
        for other, spans in found_in(example, rule).items():
            same = other != rule.id and effects.get(other) is rule.effect
            if same and any(mark.overlaps(Span(*span)) for mark in example.marks for span in spans):
                counts[other] = counts.get(other, 0) + 1
    total = len(rule.examples.flagged)
    for other, count in sorted(counts.items()):
        if 2 * count >= total:
            message = f"{other} finds {count} of the {total} flagged examples too: is it the same rule?"
            yield ("examples", "flagged"), "overlap", message
