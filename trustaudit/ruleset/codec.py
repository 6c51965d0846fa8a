"""A ruleset as plain JSON data and back, without yaml or pydantic: what the cache holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from typing import Any

from trustaudit.audit import Audience, Confidence, Effect, Kind, Reference, Severity, Side
from trustaudit.document import Span
from trustaudit.ruleset import rule
from trustaudit.ruleset.fix import Fix, FixExample
from trustaudit.ruleset.rule import Example, Examples, Find, Rule, Ruleset, Scope

FORMAT = 3
"""Raise it when the shape below changes."""

_PLACES = {field.name: place for place, field in enumerate(fields(Rule))}
PATH, _EXAMPLES = _PLACES["path"], _PLACES["examples"]
"""Where in a rule's row these stand. Examples are a text of JSON in the JSON: most readers skip them."""


def encode(ruleset: Ruleset) -> dict[str, Any]:
    """The ruleset as JSON data; ``path`` of a rule stands as it is."""
    return {
        "sha256": ruleset.sha256,
        "vocabulary": {name: list(phrases) for name, phrases in ruleset.vocabulary.items()},
        "rules": [_rule_row(rule) for rule in ruleset.rules],
    }


def digest(rules: tuple[Rule, ...], vocabulary: Mapping[str, tuple[str, ...]]) -> str:
    """SHA-256 of what the rules and lists say; where their files stand and how they are set is no part."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    rows = [[*row[:PATH], *row[PATH + 1 :]] for row in map(_rule_row, ordered)]
    text = json.dumps([vocabulary, rows], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _rule_row(rule: Rule) -> list[Any]:
    row = _row(rule)
    row[_EXAMPLES] = json.dumps(row[_EXAMPLES], ensure_ascii=False, separators=(",", ":"))
    return row


def _plain(value: Any) -> Any:
    """A value as JSON data; a find begins with the name of its class."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    name = type(value).__name__
    return [name, *_row(value)] if name in _FINDS else _row(value)


def _row(value: Any) -> list[Any]:
    """A value's fields in their order."""
    return [_plain(getattr(value, name)) for name in type(value).__dataclass_fields__]


def decode(data: Mapping[str, Any]) -> Ruleset:
    """The ruleset again; raises some ``LookupError``, ``TypeError`` or ``ValueError`` for other data."""
    return Ruleset(
        rules=tuple([_rule(row) for row in data["rules"]]),
        vocabulary={name: tuple(phrases) for name, phrases in data["vocabulary"].items()},
        sha256=data["sha256"],
    )


_AUDIENCES = {member.value: member for member in Audience}
_SEVERITIES = {member.value: member for member in Severity}
_CONFIDENCES = {member.value: member for member in Confidence}
_EFFECTS = {member.value: member for member in Effect}
_KINDS: dict[str | None, Kind | None] = {None: None, **{member.value: member for member in Kind}}
_SIDES = {member.value: member for member in Side}
_NOWHERE_SPECIAL = Scope()


def _rule(row: list[Any]) -> Rule:
    (
        rule_id, title, severity, confidence, effect, topic, applies_to, why, advice, rewrite, find, examples,
        favours, weight, severity_reason, unless, references, labels, path, enabled, fix,
    ) = row  # fmt: skip
    return Rule(
        rule_id, title, {_AUDIENCES[who]: _SEVERITIES[how] for who, how in severity.items()},
        _CONFIDENCES[confidence], _EFFECTS[effect], topic, tuple([Kind(kind) for kind in applies_to]),
        why, advice, rewrite, tuple([_FINDS[item[0]](item) for item in find]),
        Examples.later(partial(_examples, examples)),
        _SIDES[favours], weight, severity_reason, tuple(unless),
        tuple([Reference(*item) for item in references]), labels, path, enabled, _fix(fix),
    )  # fmt: skip


def _fix(row: list[Any] | None) -> Fix | None:
    if row is None:
        return None
    replace, calm, once, results = row
    return Fix(replace, tuple(calm), once, tuple([FixExample(*item) for item in results]))


def _examples(text: str) -> Examples:
    flagged, clean = json.loads(text)
    return Examples(tuple([_example(row) for row in flagged]), tuple([_example(row) for row in clean]))


def _example(row: list[Any]) -> Example:
    text, marks, kind, company, customer, form = row
    spans = tuple([Span(*span) for span in marks])
    return Example(text, spans, _KINDS[kind], tuple(company), tuple(customer), form)


def _scope(row: list[Any]) -> Scope:
    blocks, fine_print, part = row
    return Scope(tuple(blocks), fine_print, part) if blocks else _plain_scope(fine_print, part)


def _plain_scope(fine_print: str, part: str) -> Scope:
    return _NOWHERE_SPECIAL if fine_print == part == "any" else Scope((), fine_print, part)


def _phrases(row: list[Any]) -> rule.Phrases:
    _, phrases, scope, mutual = row
    return rule.Phrases(tuple(phrases), _scope(scope), mutual)


def _tokens(row: list[Any]) -> rule.Tokens:
    _, patterns, gate, scope, mutual = row
    return rule.Tokens(tuple([tuple(tokens) for tokens in patterns]), tuple(gate), _scope(scope), mutual)


def _order(row: list[Any]) -> rule.Order:
    _, first, before, missing = row
    return rule.Order(first, tuple(before), missing)


def _frame(row: list[Any]) -> rule.Frame:
    _, frames, scope, mutual = row
    return rule.Frame(tuple([tuple(frame) for frame in frames]), _scope(scope), mutual)


def _weighted(row: list[Any]) -> Find:
    _, terms, threshold, bias, scope, mutual, phrases = row
    return rule.Weighted(terms, threshold, bias, _scope(scope), mutual, phrases)


def _norm(row: list[Any]) -> rule.NormFind:
    _, bearer, *words, scope = row
    modality, topic, action, with_, without = [tuple(part) for part in words]
    sides = tuple([_SIDES[side] for side in bearer])
    return rule.NormFind(sides, modality, topic, action, with_, without, _scope(scope))


def _reciprocal(row: list[Any]) -> rule.Reciprocal:
    _, asked, given, pair, asked_of, degree = row
    return rule.Reciprocal(tuple(asked), tuple(given), pair, _SIDES[asked_of], degree)


def _required(row: list[Any]) -> rule.Required:
    _, ground, protection, any_kind = row
    return rule.Required(tuple(ground), tuple(protection), any_kind)


def _conflict(row: list[Any]) -> rule.Conflict:
    _, check, about = row
    return rule.Conflict(check, tuple(about))


_FINDS: dict[str, Callable[[list[Any]], Find]] = {
    "Phrases": _phrases,
    "Tokens": _tokens,
    "Metric": lambda row: rule.Metric(*row[1:]),
    "Order": _order,
    "Frame": _frame,
    "Weighted": _weighted,
    "NormFind": _norm,
    "Reciprocal": _reciprocal,
    "Required": _required,
    "Conflict": _conflict,
    "Fact": lambda row: rule.Fact(*row[1:]),
    "HiddenText": lambda row: rule.HiddenText(tuple(row[1])),
    "TakesBack": lambda row: rule.TakesBack(tuple(row[1]), tuple(row[2]), row[3]),
}
