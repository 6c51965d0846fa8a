"""What the templates show, made from audits: plain values, every number already a word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trustaudit.audit import Audit, Effect, MessageFacts, OutcomeKind, Suppressed, Tool, Unreadable
from trustaudit.document import Unread
from trustaudit.report import balance_view, finding_view, metric_words, pictures, ranking, statement, words
from trustaudit.report.balance_view import BalanceView
from trustaudit.report.escaping import one_line, shortened
from trustaudit.report.finding_view import FindingView, TopView
from trustaudit.report.pictures import Bin, Column
from trustaudit.report.places import Places
from trustaudit.report.statement import AccountView, ScoreRow

_SCORE_FIRST = re.compile(r"^[\d.]+ of 100: ")


@dataclass(frozen=True, slots=True)
class MetricRow:
    name: str
    value: str
    sentence: str
    missing: bool
    quote: str  # the passage that weighs most, or empty
    place: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    rule: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    name: str
    rows: tuple[OutcomeRow, ...]


@dataclass(frozen=True, slots=True)
class MoneyRow:
    part: str
    points: str
    reason: str
    quote: str


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A step of a better order: the message's own sentences, and what is missing."""

    step: str
    quotes: tuple[str, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class MessageView:
    verdict: str
    index: str
    facts: MessageFacts
    rows: tuple[MoneyRow, ...]
    outline: tuple[OutlineRow, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditView:
    """One document's audit as it is shown; ``key`` begins the anchors."""

    key: str
    audit: Audit
    name: str  # of the file, without its folders
    path: str
    facts: tuple[str, ...]
    grade: str
    score: str
    reason: str
    cap: str
    counts: tuple[tuple[str, str, int], ...]  # style, word, how many
    worst: str  # "2 critical, 9 major"
    summary: str
    top: tuple[TopView, ...]
    findings: tuple[FindingView, ...]
    deposits: tuple[FindingView, ...]
    balance: BalanceView
    account: AccountView
    scores: tuple[ScoreRow, ...]
    metrics: tuple[MetricRow, ...]
    outcomes: tuple[OutcomeGroup, ...]
    message: MessageView | None
    fine_print: str
    strip: tuple[Column, ...]
    page_starts: tuple[float, ...]
    numbers: Mapping[int, int]  # index of a finding -> its number
    histogram: tuple[Bin, ...]
    unread: tuple[Unread, ...]
    suppressed: tuple[Suppressed, ...]

    @property
    def asked(self) -> bool:
        """Whether there is something to say about who bears what: a message need not have it."""
        balance = self.audit.balance
        return self.message is None or bool(balance.topics or balance.pairs)

    @property
    def all_findings(self) -> tuple[FindingView, ...]:
        return (*self.findings, *self.deposits)


@dataclass(frozen=True, slots=True)
class ReportView:
    audits: tuple[AuditView, ...]
    unreadable: tuple[Unreadable, ...]
    tool: Tool


def report(audits: Sequence[Audit], unreadable: Sequence[Unreadable], tool: Tool) -> ReportView:
    """Everything the templates need."""
    made = tuple(audit_view(audit, f"d{number}") for number, audit in enumerate(audits, 1))
    return ReportView(made, tuple(unreadable), tool)


def audit_view(audit: Audit, key: str) -> AuditView:
    """One document; ``key`` begins its anchors."""
    views = finding_view.findings(audit)
    numbers = {index: view.number for view in views for index in (view.index, *view.belonging)}
    return AuditView(
        key=key,
        audit=audit,
        name=_name(audit.document.name),
        path=one_line(audit.document.name),
        facts=_facts(audit),
        grade=audit.grade or "–",
        score="no score" if audit.score is None else words.number(audit.score),
        reason=_reason(audit),
        cap=_cap(audit),
        counts=tuple(
            (each.value, words.SEVERITY[each], n)
            for each, n in ranking.severities(audit.standing).items()
        ),
        worst=_worst(audit),
        summary=summary(audit),
        top=finding_view.change_first(audit, views),
        findings=tuple(view for view in views if view.finding.effect is not Effect.DEPOSIT),
        deposits=tuple(view for view in views if view.finding.effect is Effect.DEPOSIT),
        balance=balance_view.view(audit),
        account=statement.account(audit, numbers),
        scores=statement.scores(audit, numbers),
        metrics=tuple(_metric(audit, name) for name in metric_words.order(audit.measures)),
        outcomes=_outcomes(audit),
        message=_message(audit),
        fine_print=metric_words.fine_print(audit.measures),
        strip=pictures.strip(audit),
        page_starts=pictures.page_starts(audit.document),
        numbers=numbers,
        histogram=pictures.histogram(audit.document),
        unread=audit.document.unread,
        suppressed=audit.suppressed,
    )  # fmt: skip


def _name(path: str) -> str:
    parts = one_line(path).replace("\\", "/").rstrip("/").rsplit("/", 1)
    return parts[-1] or "untitled text"


def _reason(audit: Audit) -> str:
    """Without the score it begins with: that stands beside it."""
    said = _SCORE_FIRST.sub("", audit.scored.reason)
    return said[:1].upper() + said[1:]


def _cap(audit: Audit) -> str:
    """What holds the grade down, unless the reason has said so."""
    what = audit.scored.cap.partition(": ")[2] or audit.scored.cap
    return "" if what in audit.scored.reason else audit.scored.cap


def _worst(audit: Audit) -> str:
    counts = ranking.severities(audit.standing)
    return ", ".join(f"{n} {severity.value}" for severity, n in counts.items() if n) or (
        "no finding" if audit.grade else ""
    )


def summary(audit: Audit) -> str:
    """``6 findings (1 critical, 5 major), 2 deposits, 1 suppressed``: what is hidden is counted too."""
    counts = {each: n for each, n in ranking.severities(audit.standing).items() if n}
    total = sum(counts.values())
    inside = ", ".join(f"{n} {severity.value}" for severity, n in counts.items())
    gifts = sum(found.effect is Effect.DEPOSIT for found in audit.standing)
    notes = sum(found.effect is Effect.NOTE for found in audit.standing)
    parts = [words.count(total, "finding") + (f" ({inside})" if inside else "")]
    parts += [words.count(notes, "note")] if notes else []
    parts += [words.count(gifts, "deposit")] if gifts else []
    parts += [f"{len(audit.suppressed)} suppressed"] if audit.suppressed else []
    return ", ".join(parts)


def _metric(audit: Audit, name: str) -> MetricRow:
    measure = audit.measures[name]
    worst = measure.evidence[0] if measure.evidence and measure.value else None
    return MetricRow(
        metric_words.called(name),
        metric_words.value(name, measure),
        metric_words.sentence(name, measure),
        measure.value is None,
        shortened(audit.document.quote(worst), 140) if worst else "",
        Places(audit.document).at(worst) if worst else "",
    )


def _facts(audit: Audit) -> tuple[str, ...]:
    pages = len(audit.document.pages)
    facts = [
        words.KIND[audit.kind],
        f"for a {audit.audience.value} customer".replace("consumer customer", "consumer"),
    ]
    if audit.message:
        facts.append(
            " · ".join(
                part.replace("-", " ") for part in (audit.message.channel, audit.message.purpose) if part
            )
        )
    facts += [words.count(pages, "page")] if pages else []
    facts.append(words.count(words.word_count(audit), "word"))
    return tuple(facts)


def _outcomes(audit: Audit) -> tuple[OutcomeGroup, ...]:
    made = []
    for kind in (
        OutcomeKind.COULD_NOT_TELL,
        OutcomeKind.FOUND,
        OutcomeKind.CLEAR,
        OutcomeKind.NOT_APPLICABLE,
    ):
        rows = tuple(
            OutcomeRow(each.rule, statement.title(audit, each.rule), each.reason)
            for each in sorted(audit.outcomes, key=lambda each: each.rule)
            if each.outcome is kind
        )
        made.append(OutcomeGroup(words.OUTCOME[kind], rows))
    return tuple(group for group in made if group.rows)


def _message(audit: Audit) -> MessageView | None:
    facts = audit.message
    if facts is None:
        return None
    rows = tuple(
        MoneyRow(
            words.MONEY_PART.get(each.part, each.part), words.number(each.points), each.reason,
            shortened(audit.document.quote(each.span), 160) if each.span else "",
        )
        for each in facts.money_first.entries
    )  # fmt: skip
    verdict = words.MONEY_VERDICT.get(facts.money_first.verdict, facts.money_first.verdict)
    return MessageView(verdict, words.number(facts.money_first.index, 0), facts, rows, _outline(audit, facts))


def _outline(audit: Audit, facts: MessageFacts) -> tuple[OutlineRow, ...]:
    return tuple(
        OutlineRow(
            words.OUTLINE_STEP.get(each.step, each.step),
            tuple(shortened(audit.document.quote(passage), 300) for passage in each.passages),
            each.missing,
        )
        for each in facts.outline
    )
