"""Two texts as documents that are compared clause by clause, without the rules."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from trustaudit import parsing, pipeline, ruleset
from trustaudit.comparison import ClauseChange
from trustaudit.journey.compare_documents import clause_changes
from trustaudit.language.reading import Reading
from trustaudit.pipeline import Asked
from trustaudit.ruleset.rule import Ruleset

HEAD = 'This agreement is between Northwind GmbH ("Supplier") and Acme Ltd ("Customer").\n\n'


@cache
def _rules() -> Ruleset:
    return ruleset.load_rules()


def reading(text: str, name: str = "terms.md", *, head: str = HEAD) -> Reading:
    document = parsing.parse((head + text).encode(), name)
    asked = replace(
        Asked(), kind="contract", audience="business", company=("Supplier",), customer=("Customer",)
    )
    return pipeline.understand(document, asked, _rules())[0]


def changes(old: str, new: str, *, head: str = HEAD) -> tuple[ClauseChange, ...]:
    return clause_changes(reading(old, head=head), reading(new, head=head))


def parsed(path: Path) -> Reading:
    """A file as it reads by itself."""
    document = parsing.parse(path.read_bytes(), path.name)
    return pipeline.understand(document, replace(Asked(), kind="contract", audience="business"), _rules())[0]
