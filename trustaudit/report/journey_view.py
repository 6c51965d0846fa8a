"""From a journey's audit to what its report shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trustaudit.audit import Effect
from trustaudit.journey_audit import JourneyAudit, Move, Passage, StageAudit, Waiting
from trustaudit.report import journey_line, ranking, words
from trustaudit.report.escaping import one_line, shortened
from trustaudit.report.journey_values import (
    ConflictView,
    DocumentRow,
    JourneyView,
    MoveView,
    ObservationView,
    PassageView,
    ReturnView,
    StageView,
    StatementRow,
    WaitView,
)
from trustaudit.report.places import where

_QUOTE = 240  # characters of a quote before it is cut
_WAIT_WORD = {"yes": "told", "partly": "in part", "no": "not told", "could not tell": "could not tell"}


def view(journey: JourneyAudit) -> JourneyView:
    """Everything that a template needs but the documents' own reports."""
    shown = _Shown(journey)
    stages = tuple(shown.stages())
    return JourneyView(
        journey=journey,
        facts=tuple(_facts(journey)),
        score="no score" if journey.score is None else words.number(journey.score),
        grade=journey.grade or "–",
        reason=journey.scored.reason.partition(" of 100: ")[2] or journey.scored.reason,
        worst=next((each for each in stages if each.worst), None),
        stages=stages,
        balance=words.signed_whole(journey.balance),
        position=_position(journey.balance),
        closing=words.signed(journey.closing),
        flows=_flows(journey),
        line=journey_line.line(journey),
        statement=tuple((stage, shown.rows(stage.stage.name)) for stage in stages if stage.stage.documents),
        moves=tuple(shown.move(each) for each in journey.moves),
        together="" if journey.moves_together is None else words.number(journey.moves_together),
        conflicts=tuple(shown.conflicts()),
        returns=tuple(shown.returns()),
        waiting=tuple(shown.wait(each) for each in journey.waiting),
        observations=tuple(
            ObservationView(each.message, each.good, tuple(map(shown.passage, each.passages)))
            for each in journey.observations
        ),
        documents=tuple(shown.documents()),
    )


class _Shown:
    """Turns values into what is shown; knows the stages' titles and the documents' anchors."""

    def __init__(self, journey: JourneyAudit) -> None:
        self._journey = journey
        self._titles: Mapping[str, str] = {stage.name: stage.title for stage in journey.stages}
        self._keys: Mapping[str, str] = {
            each.path: f"d{number}" for number, each in enumerate(journey.documents, 1)
        }

    def title(self, stage: str) -> str:
        return self._titles.get(stage, stage)

    def passage(self, each: Passage) -> PassageView:
        return PassageView(
            shortened(each.quote, _QUOTE),
            one_line(each.document),
            self.title(each.stage),
            where(each.page, each.line),
            self._keys.get(each.document, ""),
        )

    def stages(self) -> Iterator[StageView]:
        worst = self._journey.worst_stage
        waits = {each.stage: _waited(each) for each in self._journey.waiting}
        for number, stage in enumerate(self._journey.stages, 1):
            yield StageView(
                number=number,
                stage=stage,
                score="–" if stage.score is None else words.number(stage.score),
                grade=stage.grade or "–",
                documents=words.count(len(stage.documents), "document") if stage.documents else "no document",
                given=words.points(stage.deposits),
                taken=words.points(stage.withdrawals),
                closing=words.signed(stage.closing),
                balance=words.signed_whole(stage.balance),
                position=_position(stage.balance),
                notes=(*stage.notes, *_reason(stage)),
                waits=waits.get(stage.name, ""),
                worst=worst is not None and stage.name == worst.name and len(self._journey.stages) > 1,
            )

    def rows(self, stage: str) -> tuple[StatementRow, ...]:
        return tuple(
            StatementRow(
                document=one_line(self._journey.documents[entry.document].path),
                key=f"d{entry.document + 1}",
                place=where(entry.passage.page, entry.passage.line) if entry.passage else "",
                title=entry.title,
                quote=shortened(entry.passage.quote, 110) if entry.passage else "",
                reason=entry.reason,
                amount=words.points(abs(entry.amount)),
                deposit=entry.amount > 0
                or self._journey.finding(entry.document, entry.finding).effect is Effect.DEPOSIT,
                balance=words.signed(entry.balance),
            )
            for entry in self._journey.statement
            if entry.stage == stage
        )

    def move(self, each: Move) -> MoveView:
        before, after = each.score_before or 0.0, each.score_after or 0.0
        times = words.count(len(each.findings), "time")
        papers = len({document for document, _ in each.findings})
        found = f"{each.rule}, found {times} in {words.count(papers, 'document')}"
        return MoveView(
            title=each.title,
            conflict=each.kind == "conflict",
            stage=self.title(each.stage),
            what=found if each.kind == "finding" else "what the documents say differently",
            gain=f"+{after - before:.1f}",
            change=f"{before:.1f} → {after:.1f}",
            effects=tuple(_effects(each)),
            advice=each.advice,
            rewrite=each.rewrite,
            passages=tuple(map(self.passage, each.passages)),
        )

    def conflicts(self) -> Iterator[ConflictView]:
        ranked = sorted(self._journey.conflicts, key=lambda each: -each.severity.rank)
        for number, each in enumerate(ranked, 1):
            yield ConflictView(
                number,
                each,
                each.kind.replace("-", " "),
                each.severity.value,
                words.SEVERITY[each.severity],
                self.passage(each.first),
                self.passage(each.second),
            )

    def returns(self) -> Iterator[ReturnView]:
        for each in self._journey.returns:
            returned = self.passage(each.returned) if each.returned else None
            yield ReturnView(
                each.pair.replace("-", " "),
                self.passage(each.asked),
                returned,
                each.message,
                _when(each.stages_later),
            )

    def wait(self, each: Waiting) -> WaitView:
        return WaitView(
            self.title(each.stage),
            _waited(each),
            each.reason,
            tuple(
                (
                    answer.question,
                    _WAIT_WORD.get(answer.answer, answer.answer),
                    answer.reason,
                    self.passage(answer.passage) if answer.passage else None,
                )
                for answer in each.answers
            ),
        )

    def documents(self) -> Iterator[DocumentRow]:
        for number, each in enumerate(self._journey.documents, 1):
            audit = each.audit
            counts = tuple(ranking.severities(audit.standing).values())[:3]
            yield DocumentRow(
                key=f"d{number}",
                path=one_line(each.path),
                stage=self.title(each.stage),
                kind=" · ".join(filter(None, [words.KIND[audit.kind].lower(), each.channel])),
                grade=audit.grade or "–",
                score="–" if audit.score is None else words.number(audit.score),
                counts=counts,
                deposits=sum(found.effect is Effect.DEPOSIT for found in audit.standing),
                balance=words.signed_whole(audit.account.balance),
                unread=len(audit.document.unread),
            )


def _facts(journey: JourneyAudit) -> Iterator[str]:
    stages = sum(bool(stage.documents) for stage in journey.stages)
    yield f"{words.count(len(journey.documents), 'document')} in {words.count(stages, 'stage')}"
    if journey.company:
        yield f"by {', '.join(journey.company)}"
    if journey.segment:
        yield f"for {journey.segment}"
    if journey.audience:
        yield f"{journey.audience.value} customers"


def _flows(journey: JourneyAudit) -> str:
    gifts = sum(entry.amount > 0 for entry in journey.statement)
    losses = sum(entry.amount < 0 for entry in journey.statement)
    given = f"{words.count(gifts, 'deposit')} worth {words.points(journey.deposits)}"
    taken = f"{words.count(losses, 'withdrawal')} worth {words.points(journey.withdrawals)} points"
    return f"{given if gifts else 'no deposit'}, {taken if losses else 'no withdrawal'}"


def _effects(move: Move) -> Iterator[str]:
    if move.stage_before is not None and move.stage_after is not None:
        yield f"this stage: {move.stage_before:.1f} → {move.stage_after:.1f}"
    if abs(move.balance_after - move.balance_before) >= 0.05:
        before, after = words.signed(move.balance_before), words.signed(move.balance_after)
        yield f"the journey's account: {before} → {after}"


def _reason(stage: StageAudit) -> tuple[str, ...]:
    """Why the stage has its score, where its notes do not say so."""
    telling = stage.reason and (stage.score is not None or not stage.documents)
    return (stage.reason,) if telling else ()


def _waited(each: Waiting) -> str:
    return "could not tell" if each.score is None else f"{words.number(each.score, 0)} of 100"


def _when(stages_later: int | None) -> str:
    if stages_later is None:
        return "never"
    if stages_later == 0:
        return "in the same stage"
    later = words.count(abs(stages_later), "stage")
    return f"{later} later" if stages_later > 0 else f"{later} before"


def _position(balance: float) -> float:
    return min(max((balance + 100) / 200, 0.0), 1.0)
