"""An audit as a store keeps it: what is its own in one piece, what many audits share by the hash of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, get_type_hints

from trustaudit.audit import Audit, Finding, Outcome
from trustaudit.batch.store_clauses import short_hash
from trustaudit.batch.store_codec import codec, pack, squeeze, unpack, unsqueeze
from trustaudit.document import Document

_OF_THE_RULE = ("rule", "title", "topic", "why", "advice", "rewrite", "references", "labels")
"""Fields of a finding that most findings of its rule share."""

_APART = frozenset({"document", "findings", "outcomes", "rule_titles"})
_FINDING = {key: kind for key, kind in get_type_hints(Finding).items() if key not in (*_OF_THE_RULE, "quote")}
_RULE = {key: get_type_hints(Finding)[key] for key in _OF_THE_RULE}
_PLAIN = {each.name: get_type_hints(Audit)[each.name] for each in fields(Audit) if each.name not in _APART}
_OUTCOME = {key: kind for key, kind in get_type_hints(Outcome).items() if key != "rule"}

Lookup = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Kept:
    """``data`` names pieces of ``shared`` by their ids."""

    data: bytes
    shared: Mapping[int, bytes] = field(default_factory=dict)


def pack_audit(audit: Audit) -> Kept:
    """All but the document, which is kept by itself."""
    shared: dict[int, bytes] = {}

    def share(value: Any) -> int:
        piece = squeeze(value)
        name = short_hash(piece)
        shared[name] = piece
        return name

    data = {
        "plain": [pack(kind, getattr(audit, name)) for name, kind in _PLAIN.items()],
        "findings": [_packed(found, audit.document, share) for found in audit.findings],
        "rules": share([each.rule for each in audit.outcomes]),
        "outcomes": [
            [_change(kind, getattr(each, key)) for each in audit.outcomes] for key, kind in _OUTCOME.items()
        ],
        "titles": share(dict(audit.rule_titles)),
    }
    return Kept(squeeze(data), shared)


def _change(kind: Any, value: Any) -> Any:
    change = codec(kind).pack
    return value if change is None else change(value)


def _packed(found: Finding, document: Document, share: Callable[[Any], int]) -> list[Any]:
    rule = share([pack(kind, getattr(found, key)) for key, kind in _RULE.items()])
    quote = None if found.quote == document.text[found.start : found.end] else found.quote
    return [rule, quote, *(pack(kind, getattr(found, key)) for key, kind in _FINDING.items())]


def unpack_audit(data: bytes, document: Document, pieces: Pieces) -> Audit:
    """The audit again; raises ``ValueError`` where the data are damaged."""
    try:
        kept = unsqueeze(data)
        plain = {
            name: unpack(kind, each) for (name, kind), each in zip(_PLAIN.items(), kept["plain"], strict=True)
        }
        columns = [
            [unpack(kind, each) for each in column]
            for kind, column in zip(_OUTCOME.values(), kept["outcomes"], strict=True)
        ]
        return Audit(
            document=document,
            findings=tuple(_found(row, document, pieces) for row in kept["findings"]),
            outcomes=tuple(map(_outcome, pieces.value(kept["rules"]), *columns)),
            rule_titles=pieces.value(kept["titles"]),
            **plain,
        )
    except (TypeError, KeyError, IndexError) as error:
        raise ValueError(f"not an audit: {error}") from None


@lru_cache(maxsize=20_000)
def _outcome(rule: str, outcome: Any, reason: str) -> Outcome:
    """The same for the many documents of which the same is true."""
    return Outcome(rule, outcome, reason)


def _found(row: Iterable[Any], document: Document, pieces: Pieces) -> Finding:
    rule, quote, *own = row
    values = {key: unpack(kind, each) for (key, kind), each in zip(_FINDING.items(), own, strict=True)}
    if quote is None:
        quote = document.text[values["start"] : values["end"]]
    return Finding(quote=quote, **pieces.rule(rule), **values)


class Pieces:
    """Shared pieces, each looked up and unpacked once."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._values: dict[int, Any] = {}
        self._rules: dict[int, dict[str, Any]] = {}

    def value(self, name: int) -> Any:
        if name not in self._values:
            self._values[name] = unsqueeze(self._lookup(name))
        return self._values[name]

    def rule(self, name: int) -> dict[str, Any]:
        """The fields of a finding that are of its rule."""
        if name not in self._rules:
            listed = zip(_RULE.items(), self.value(name), strict=True)
            self._rules[name] = {key: unpack(kind, each) for (key, kind), each in listed}
        return self._rules[name]
