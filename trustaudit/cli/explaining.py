"""A rule in words, for ``trustaudit rules show``."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from trustaudit.ruleset.rule import Rule

WIDTH = 88


def explained(rule: Rule) -> str:
    """Everything a rule file says to people, as text."""
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    severities = ", ".join(
        f"{severity.value} ({audience.value})" for audience, severity in rule.severity.items()
    )
    yield f"{rule.id}: {rule.title}"
    yield ""
    yield f"  {rule.effect.value} · {severities} · confidence {rule.confidence.value} · topic {rule.topic}"
    yield f"  applies to {', '.join(kind.value for kind in rule.applies_to)} · {rule.path}"
    for name, text in (("Why", rule.why), ("Advice", rule.advice), ("Balanced wording", rule.rewrite)):
        if text:
            yield from ("", f"{name}:", _indented(text))
    for name, examples in (("Found", rule.examples.flagged), ("Not found", rule.examples.clean)):
        yield from ("", f"{name}:", *(_indented(example.marked, "  - ") for example in examples))
    if rule.references:
        yield from ("", "Sources:")
        for reference in rule.references:
            yield _indented(f"{reference.name}  {reference.url}".strip(), "  - ")
    if rule.labels:
        yield from ("", "Labels:", *(f"  - {name}: {label}" for name, label in rule.labels.items()))


def _indented(text: str, first: str = "  ") -> str:
    """One paragraph, indented; addresses are not broken."""
    rest = " " * len(first)
    flat = " ".join(text.split())
    return fill(
        flat,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
