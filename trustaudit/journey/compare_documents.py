"""Two audited versions of one document: clauses, norms, findings and numbers, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustaudit.audit import Audit, Confidence
from trustaudit.comparison import (
    Aspect,
    Change,
    ClauseChange,
    DocumentChange,
    NormChange,
    Pairing,
    Passage,
    Turn,
    Version,
)
from trustaudit.journey.align import Pair, align
from trustaudit.journey.compare_context import changed_leads, shared_norms
from trustaudit.journey.compare_facts import Facing
from trustaudit.journey.compare_findings import finding_changes
from trustaudit.journey.compare_metrics import metric_changes, topic_changes
from trustaudit.journey.compare_norms import Norms
from trustaudit.journey.compare_regions import Vocabulary
from trustaudit.journey.compare_said import passage
from trustaudit.journey.compare_units import Unit, units
from trustaudit.language.reading import Reading


@dataclass(frozen=True)
class Read:
    """An audit with the reading of its document."""

    audit: Audit
    reading: Reading


def compare_documents(old: Read, new: Read, pairing: Pairing) -> DocumentChange:
    """Everything that differs between two versions of a document."""
    clauses = clause_changes(old.reading, new.reading)
    return DocumentChange(
        old=version(old.audit),
        new=version(new.audit),
        pairing=pairing,
        clauses=clauses,
        findings=finding_changes(old.audit.standing, new.audit.standing, clauses),
        metrics=metric_changes(old.audit, new.audit),
        topics=topic_changes(old.audit, new.audit),
        notes=tuple(_notes(old.audit, new.audit)),
    )


def _notes(old: Audit, new: Audit) -> Iterator[str]:
    """Why the numbers of the two may not be comparable."""
    if old.kind is not new.kind:
        yield (
            f"the old version reads as a {old.kind.value}, the new one as a {new.kind.value}: "
            "their scores follow different rules; --kind holds both to one"
        )
    if old.audience is not new.audience:
        yield (
            f"the old version is for a {old.audience.value} customer, the new one for a "
            f"{new.audience.value} customer: severities differ; --audience holds both to one"
        )
    rules = old.tool.rules_sha256 != new.tool.rules_sha256
    if rules:
        yield "the two were audited with different rules: what differs may be the rules"


def clause_changes(old: Reading, new: Reading) -> tuple[ClauseChange, ...]:
    """Every clause of both versions once, in the order of the new one."""
    return tuple(_Clauses(old, new).all())


def version(audit: Audit) -> Version:
    """What a comparison says about one of its two documents."""
    document = audit.document
    return Version(
        name=document.name,
        sha256=document.sha256,
        media_type=document.media_type,
        kind=audit.kind.value,
        words=int(audit.metrics.get("words") or 0),
        grade=audit.grade,
        band=audit.balance.band,
        verdict=audit.message.money_first.verdict if audit.message else "",
    )


class _Clauses:
    """The clauses of two readings, aligned, with what changed in their norms."""

    def __init__(self, old: Reading, new: Reading) -> None:
        self._readings = (old, new)
        self._facing = (Facing(old), Facing(new))
        first, second = units(old), units(new)
        self._aligned = align(first, second, old.document.text, new.document.text)
        known = Vocabulary(_words(first), _words(second))
        self._norms = Norms(*self._facing, known)
        self._other_lead = changed_leads(self._aligned, old.sentences, new.sentences)
        self._shared = shared_norms(self._aligned, *self._facing)

    def all(self) -> Iterator[ClauseChange]:
        for pair in self._aligned.pairs:
            twin = self._shared.get(pair)
            old, new = self._units(twin or pair)
            if old is not None and new is not None:
                yield self._both(pair, old, new, shared=pair in self._shared or twin is not None)
            elif old is not None:
                norms = self._norms.alone(self._facing[0].facts(old), Aspect.GONE)
                yield _alone(Change.GONE, self._passage(0, old), None, norms, old)
            elif new is not None:
                norms = self._norms.alone(self._facing[1].facts(new), Aspect.NEW)
                yield _alone(Change.NEW, None, self._passage(1, new), norms, new)

    def _units(self, pair: Pair) -> tuple[Unit | None, Unit | None]:
        old = None if pair.old is None else self._aligned.old[pair.old]
        new = None if pair.new is None else self._aligned.new[pair.new]
        return old, new

    def _both(self, pair: Pair, old: Unit, new: Unit, *, shared: bool) -> ClauseChange:
        was, now = self._passage(0, old), self._passage(1, new)
        same = old.words == new.words
        context = (old.sentence, new.sentence) in self._other_lead
        norms: tuple[NormChange, ...] = ()
        if not same or context:
            both = self._norms.both(self._facing[0].facts(old), self._facing[1].facts(new))
            norms = self._norms.reworded(both, context=context, shared=shared)
        if norms:
            change = Change.CHANGED
        elif not same:
            change = Change.REWORDED
        else:
            change = Change.MOVED if pair.moved else Change.SAME
        similarity = 1.0 if same else pair.similarity
        title = new.title and not norms
        return ClauseChange(change, was, now, similarity, pair.moved, norms, _turn(norms), title)

    def _passage(self, side: int, unit: Unit) -> Passage:
        return passage(self._readings[side], unit.span, unit.heading)


def _words(them: Sequence[Unit]) -> frozenset[str]:
    return frozenset(word for unit in them for word in unit.words)


def _alone(
    change: Change, old: Passage | None, new: Passage | None, norms: tuple[NormChange, ...], unit: Unit
) -> ClauseChange:
    title = unit.title and not norms
    return ClauseChange(change, old, new, 0.0, norms=norms, turn=_turn(norms), title=title)


def _turn(norms: Sequence[NormChange]) -> Turn:
    """What the changes of a clause mean together; unclear where some are worse and some better."""
    turns = {norm.turn for norm in norms if norm.confidence is not Confidence.LOW}
    for turn in (Turn.WORSE, Turn.BETTER):
        if turn in turns:
            return Turn.UNCLEAR if {Turn.WORSE, Turn.BETTER} <= turns else turn
    return Turn.UNCLEAR if Turn.UNCLEAR in turns or (norms and not turns) else Turn.EVEN
