"""From a journey's audit to what its report shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trustaudit.audit import Effect
from trustaudit.journey_audit import JourneyAudit, Move, Passage, Waiting
from trustaudit.report import journey_line, journey_words, ranking, words
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
        facts=tuple(journey_words.facts(journey)),
        score="no score" if journey.score is None else words.number(journey.score),
        grade=journey.grade or "–",
        reason=journey.scored.reason.partition(" of 100: ")[2] or journey.scored.reason,
        worst=next((each for each in stages if each.worst), None),
        stages=stages,
        balance=words.signed_whole(journey.balance),
        position=journey_words.position(journey.balance),
        closing=words.signed(journey.closing),
        flows=journey_words.flows(journey),
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
        waits = {each.stage: journey_words.waited(each) for each in self._journey.waiting}
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
                position=journey_words.position(stage.balance),
                notes=(*stage.notes, *journey_words.reason(stage)),
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
            effects=tuple(journey_words.effects(each)),
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
                journey_words.when(each.stages_later),
            )

    def wait(self, each: Waiting) -> WaitView:
        return WaitView(
            self.title(each.stage),
            journey_words.waited(each),
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
