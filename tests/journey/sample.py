"""A journey made up from the sample audits of the reports' tests: every case that a report has to show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.report import sample
from trustaudit.audit import Audience, Audit, Severity
from trustaudit.journey.data import journey_data
from trustaudit.journey.manifest import Manifest, StageEntry
from trustaudit.journey.moves import Table, best_moves
from trustaudit.journey.observe import observations
from trustaudit.journey.score import conflict_points, journey_score, stage_scores
from trustaudit.journey.stages import stage_audits
from trustaudit.journey.statement import ledger, streaks
from trustaudit.journey_audit import (
    Conflict,
    CrossReturn,
    Hole,
    JourneyAudit,
    Passage,
    Staged,
    WaitAnswer,
    Waiting,
)

STAGES = (
    StageEntry("sample"),
    StageEntry("contract"),
    StageEntry("demo", title="Show & tell <b>"),
    StageEntry("reminder"),
    StageEntry("after-sales", weight=0.5),
)


def staged(audit: Audit, stage: str, order: int, path: str, channel: str = "") -> Staged:
    named = replace(audit, document=replace(audit.document, name=path))
    return Staged(named, stage, order, path, audit.kind.value, channel)


def documents() -> tuple[Staged, ...]:
    return (
        staged(sample.unclear(), "sample", 0, "sample/sheet.txt"),
        staged(sample.contract(), "contract", 1, "contract/terms.pdf"),
        staged(sample.message(), "reminder", 2, "reminder/call.txt", "voice"),
        staged(sample.clean(), "after-sales", 3, "after/thanks.txt", "email"),
    )


def passage(document: Staged, quote: str) -> Passage:
    start = document.audit.document.text.index(quote)
    return document.passage(start, start + len(quote))


def conflicts(papers: tuple[Staged, ...]) -> tuple[Conflict, ...]:
    contract, call = papers[1], papers[2]
    words = call.audit.document.text.split("\n")[0][:40]
    return (
        Conflict(
            "period", "payment", "Two dates for the same payment", "The contract says 30 days, the call says now.",
            "Twenty-nine days of credit.", "The contract binds: it says that it prevails.", Severity.MAJOR,
            passage(contract, "twelve months"), passage(call, words),
        ),
    )  # fmt: skip


def journey() -> JourneyAudit:
    """Four documents in five stages, one stage empty, one document lost, one conflict."""
    data = journey_data()
    papers = documents()
    manifest = Manifest(STAGES, Path(), name="Tooling, from <sample> to | thanks", source="journey.yaml")
    holes = (Hole("reminder/second.docx", "reminder", "the file is damaged: not a zip archive"),)
    found = ledger(papers, data)
    torn = conflicts(papers)
    stages = stage_audits(manifest, papers, holes, found, torn, data)
    weights = {stage.name: stage.weight for stage in stages}
    table = Table(papers, torn, weights, data)
    rows = streaks(found)
    moves, together = best_moves(table)
    points = conflict_points(torn)
    start = papers[1].audit.findings[0]
    asked = papers[1].passage(start.start, start.end)
    return JourneyAudit(
        name=manifest.name,
        stages=stages,
        documents=papers,
        statement=found.entries,
        scored=journey_score(stage_scores(table.papers(), points, data), weights, data),
        tool=sample.TOOL,
        deposits=found.deposits,
        withdrawals=found.withdrawals,
        balance=found.balance,
        streaks=rows,
        observations=observations(found, rows, stages, papers, data),
        waiting=(
            Waiting("contract", 50.0, "2 of 4 questions could be told; the score is their mean", (
                WaitAnswer("who decides", "no", "nobody is named", asked),
                WaitAnswer("by when", "yes", "an answer is promised by a time", asked),
                WaitAnswer("who answers", "could not tell", "nothing is said of it"),
                WaitAnswer("how many steps", "could not tell", "nothing is said of it"),
            )),
        ),
        conflicts=torn,
        returns=(
            CrossReturn("IP and drawings", asked, passage(papers[2], papers[2].audit.document.text[:20]),
                        "protected after it is handed over", 2),
            CrossReturn("deposit", asked, None, "nothing is given for it", None),
        ),
        moves=moves,
        moves_together=together,
        holes=holes,
        company=("Northwind Tooling Ltd",),
        segment="tool makers & buyers",
        audience=Audience.BUSINESS,
        guesses=("stage of after/thanks.txt: after-sales, because its folder says “after”",),
        source="journey.yaml",
        coverage=0.2308,
    )  # fmt: skip
