"""A spaCy pipeline component: ``nlp.add_pipe("trustaudit", config={"kind": "contract"})``.

Each document gets ``doc._.trustaudit``, the :class:`~trustaudit.audit.Audit` of its text, and
``doc.spans["trustaudit"]``: a span for each finding with words, labelled with the rule's id. The spans are of
the pipeline's own tokens, whatever tokenizer made them; a finding that ends inside a token takes it whole.
spaCy finds the component by the entry point of this package: nothing needs to be imported.
It does so in every process, whatever the pipeline, so nothing of ours is imported here before it is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from spacy.language import Language
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from trustaudit.audit import Audit

KEY = "trustaudit"

_AUDITS: WeakKeyDictionary[Doc, Audit] = WeakKeyDictionary()
"""Beside the documents, as spaCy writes to bytes whatever is in them, and knows no audit."""


@dataclass(frozen=True, slots=True)
class TrustAudit:
    """Audits the text of each document; the fields are the arguments of ``trustaudit.scan_text``."""

    company: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    kind: str = "auto"
    audience: str = "auto"
    rules: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    spans_key: str = KEY

    def __call__(self, doc: Doc) -> Doc:
        """The document with its audit and spans."""
        audit = self.audit(doc.text)
        doc.user_data[KEY] = {name: _plain(value) for name, value in asdict(self).items()}
        _AUDITS[doc] = audit
        doc.spans[self.spans_key] = list(_spans(doc, audit))
        return doc

    def audit(self, text: str) -> Audit:
        """The audit of a text, as ``trustaudit.scan_text`` makes it."""
        from trustaudit.pipeline import scan_text

        wanted = {name: value for name, value in asdict(self).items() if name != "spans_key"}
        return scan_text(text, **wanted)


def _plain(value: object) -> object:
    """A value that spaCy can write to bytes."""
    return list(value) if isinstance(value, tuple) else value


def _spans(doc: Doc, audit: Audit) -> Iterator[Span]:
    to = audit.document.source_map.source if audit.document.source_map else int
    for found in audit.findings:
        if found.start < found.end:  # what is about the document as a whole has no words
            span = doc.char_span(
                to(found.start),
                to(found.end - 1) + 1,
                label=found.rule,
                span_id=found.fingerprint,
                alignment_mode="expand",
            )
            if span is not None:
                yield span


def _audit_of(doc: Doc) -> Audit | None:
    """The document's audit; made again, from the same settings, for one that came from another process."""
    known = _AUDITS.get(doc)
    if known is None and KEY in doc.user_data:
        known = _AUDITS[doc] = _made(doc.user_data[KEY]).audit(doc.text)
    return known


def _made(config: dict[str, Any]) -> TrustAudit:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in config.items()
    }
    return TrustAudit(**values)


@Language.factory(
    "trustaudit",
    default_config={name: _plain(value) for name, value in asdict(TrustAudit()).items()},
    assigns=["doc._.trustaudit"],
)
def make(
    nlp: Language,  # noqa: ARG001  # every factory is given the pipeline and its own name
    name: str,  # noqa: ARG001
    company: list[str],
    customer: list[str],
    kind: str,
    audience: str,
    rules: list[str],
    select: list[str],
    ignore: list[str],
    spans_key: str,
) -> TrustAudit:
    """The component of a configuration. Raises ``UsageError`` and ``RuleError`` where it cannot be used."""
    from trustaudit.pipeline import asked, check_rules

    check_rules(asked(company, customer, kind, audience, rules, select, ignore))
    return TrustAudit(
        tuple(company), tuple(customer), kind, audience, tuple(rules), tuple(select), tuple(ignore), spans_key
    )


if not Doc.has_extension(KEY):
    Doc.set_extension(KEY, getter=_audit_of)
