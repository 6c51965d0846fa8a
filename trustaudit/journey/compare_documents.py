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
from trustaudit.journey.align import Aligned, Pair, align
from trustaudit.journey.compare_facts import Facing
from trustaudit.journey.compare_findings import finding_changes
from trustaudit.journey.compare_metrics import metric_changes, topic_changes
from trustaudit.journey.compare_norms import Both, Norms
from trustaudit.journey.compare_said import passage
from trustaudit.journey.compare_units import Unit, units
from trustaudit.language.reading import Reading


@dataclass(frozen=True)
class Read:
    """An audit with the reading of its document."""

    audit: Audit
    reading: Reading


def compare_documents(old: Read, new: Read, pairing: Pairing, notes: Sequence[str] = ()) -> DocumentChange:
    """Everything that differs between two versions of a document."""
    clauses = tuple(_Clauses(old.reading, new.reading).all())
    return DocumentChange(
        old=version(old.audit),
        new=version(new.audit),
        pairing=pairing,
        clauses=clauses,
        findings=finding_changes(old.audit.standing, new.audit.standing, clauses),
        metrics=metric_changes(old.audit, new.audit),
        topics=topic_changes(old.audit, new.audit),
        notes=tuple(notes),
    )


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
        self._norms = Norms(*self._facing)
        self._aligned: Aligned = align(units(old), units(new), old.document.text, new.document.text)
        self._other_lead = self._changed_leads()

    def all(self) -> Iterator[ClauseChange]:
        for pair in self._aligned.pairs:
            old = None if pair.old is None else self._aligned.old[pair.old]
            new = None if pair.new is None else self._aligned.new[pair.new]
            if old is not None and new is not None:
                yield self._both(pair, old, new)
            elif old is not None:
                norms = self._norms.alone(self._facing[0].facts(old), Aspect.GONE)
                yield self._alone(Change.GONE, self._passage(0, old), None, norms, old)
            elif new is not None:
                norms = self._norms.alone(self._facing[1].facts(new), Aspect.NEW)
                yield self._alone(Change.NEW, None, self._passage(1, new), norms, new)

    @staticmethod
    def _alone(
        change: Change, old: Passage | None, new: Passage | None, norms: tuple[NormChange, ...], unit: Unit
    ) -> ClauseChange:
        title = unit.title and not norms
        return ClauseChange(change, old, new, 0.0, norms=norms, turn=_turn(norms), title=title)

    def _both(self, pair: Pair, old: Unit, new: Unit) -> ClauseChange:
        was, now = self._passage(0, old), self._passage(1, new)
        same = old.words == new.words
        context = (old.sentence, new.sentence) in self._other_lead
        if same and not context:
            change = Change.MOVED if pair.moved else Change.SAME
            return ClauseChange(change, was, now, 1.0, pair.moved, title=new.title)
        both = Both.of(self._facing[0].facts(old), self._facing[1].facts(new))
        norms = self._norms.reworded(both, context=context)
        if norms:
            change = Change.CHANGED
        elif same:
            change = Change.MOVED if pair.moved else Change.SAME
        else:
            change = Change.REWORDED
        title = new.title and not norms
        return ClauseChange(change, was, now, pair.similarity, pair.moved, norms, _turn(norms), title)

    def _passage(self, side: int, unit: Unit) -> Passage:
        return passage(self._readings[side], unit.span, unit.heading)

    def _changed_leads(self) -> set[tuple[int, int]]:
        """Sentences of items whose lead-in has other words now: they may bind somebody else."""
        old, new = self._aligned.old, self._aligned.new
        partner = {
            old[pair.old].sentence: new[pair.new].sentence
            for pair in self._aligned.pairs
            if pair.old is not None and pair.new is not None and old[pair.old].words == new[pair.new].words
        }
        leads = [
            {at: each.lead for at, each in enumerate(r.sentences) if each.lead >= 0} for r in self._readings
        ]
        found = set()
        for pair in self._aligned.pairs:
            if pair.old is None or pair.new is None:
                continue
            one, two = old[pair.old].sentence, new[pair.new].sentence
            first, second = leads[0].get(one), leads[1].get(two)
            if first is not None and second is not None and partner.get(first) != second:
                found.add((one, two))
        return found


def _turn(norms: Sequence[NormChange]) -> Turn:
    """What the changes of a clause mean together; unclear where some are worse and some better."""
    turns = {norm.turn for norm in norms if norm.confidence is not Confidence.LOW}
    for turn in (Turn.WORSE, Turn.BETTER):
        if turn in turns:
            return Turn.UNCLEAR if {Turn.WORSE, Turn.BETTER} <= turns else turn
    return Turn.UNCLEAR if Turn.UNCLEAR in turns or (norms and not turns) else Turn.EVEN
