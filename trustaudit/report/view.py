"""What the templates show, made from audits: plain values, every number already a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trustaudit.audit import Audit, Effect, Measure, MessageFacts, OutcomeKind, Suppressed, Tool, Unreadable
from trustaudit.document import Unread
from trustaudit.report import balance_view, finding_view, pictures, ranking, words
from trustaudit.report.as_json import words as count_words
from trustaudit.report.balance_view import BalanceView
from trustaudit.report.escaping import one_line, shortened
from trustaudit.report.finding_view import FindingView, TopView
from trustaudit.report.pictures import Bin, Column, Line


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A line of the account's statement."""

    place: str
    number: int  # of the finding, 0 where it is not shown
    title: str
    quote: str
    amount: str
    deposit: bool
    balance: str
    reason: str


@dataclass(frozen=True, slots=True)
class AccountView:
    balance: str
    position: float  # of the balance on its scale, 0..1
    sentence: str
    rows: tuple[StatementRow, ...]
    closing: str
    line: Line | None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    title: str
    rule: str
    lost: str
    share: float  # of all points lost
    numbers: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class MetricRow:
    name: str
    value: str
    sentence: str
    missing: bool


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
class MessageView:
    verdict: str
    index: str
    facts: MessageFacts
    rows: tuple[MoneyRow, ...]


@dataclass(frozen=True, slots=True)
class AuditView:
    """One document's audit as it is shown; ``key`` begins the anchors."""

    key: str
    audit: Audit
    name: str
    facts: tuple[str, ...]
    grade: str
    score: str
    reason: str
    cap: str
    counts: tuple[tuple[str, str, int], ...]  # style, word, how many
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
    histogram: tuple[Bin, ...]
    unread: tuple[Unread, ...]
    suppressed: tuple[Suppressed, ...]

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
    made = tuple(_audit(audit, f"d{number}") for number, audit in enumerate(audits, 1))
    return ReportView(made, tuple(unreadable), tool)


def _audit(audit: Audit, key: str) -> AuditView:
    views = finding_view.findings(audit)
    fine = audit.measures.get("fine_print_ratio")
    return AuditView(
        key=key,
        audit=audit,
        name=one_line(audit.document.name) or "untitled text",
        facts=_facts(audit),
        grade=audit.grade or "–",
        score="no score" if audit.score is None else words.number(audit.score),
        reason=audit.scored.reason,
        cap=audit.scored.cap,
        counts=tuple(
            (each.value, words.SEVERITY[each], n)
            for each, n in ranking.severities(audit.findings).items()
        ),
        summary=summary(audit),
        top=finding_view.change_first(audit, views),
        findings=tuple(view for view in views if view.finding.effect is not Effect.DEPOSIT),
        deposits=tuple(view for view in views if view.finding.effect is Effect.DEPOSIT),
        balance=balance_view.view(audit),
        account=_account(audit, {view.index: view.number for view in views}),
        scores=_scores(audit, {view.index: view.number for view in views}),
        metrics=tuple(
            _metric(name, audit.measures[name]) for name in words.metric_order(audit.measures)
        ),
        outcomes=_outcomes(audit),
        message=_message(audit),
        fine_print="–" if fine is None or fine.value is None else words.percent(fine.value),
        strip=pictures.strip(audit),
        histogram=pictures.histogram(audit.document),
        unread=audit.document.unread,
        suppressed=audit.suppressed,
    )  # fmt: skip


def summary(audit: Audit) -> str:
    """``6 findings (1 critical, 5 major), 2 deposits, 1 suppressed``: what is hidden is counted too."""
    counts = {each: n for each, n in ranking.severities(audit.findings).items() if n}
    total = sum(counts.values())
    inside = ", ".join(f"{n} {severity.value}" for severity, n in counts.items())
    gifts = sum(found.effect is Effect.DEPOSIT for found in audit.findings)
    notes = sum(found.effect is Effect.NOTE for found in audit.findings)
    parts = [words.count(total, "finding") + (f" ({inside})" if inside else "")]
    parts += [words.count(notes, "note")] if notes else []
    parts += [words.count(gifts, "deposit")] if gifts else []
    parts += [f"{len(audit.suppressed)} suppressed"] if audit.suppressed else []
    return ", ".join(parts)


def _metric(name: str, measure: Measure) -> MetricRow:
    return MetricRow(
        words.metric_name(name),
        words.metric_value(name, measure),
        words.metric_sentence(name, measure),
        measure.value is None,
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
    facts.append(words.count(count_words(audit), "word"))
    return tuple(facts)


def _account(audit: Audit, numbers: dict[int, int]) -> AccountView:
    account = audit.account
    rows = []
    for entry in account.entries:
        found = audit.findings[entry.finding]
        rows.append(
            StatementRow(
                words.place(found), numbers.get(entry.finding, 0), found.title, shortened(found.quote, 110),
                words.points(abs(entry.amount)), entry.amount > 0, words.signed(entry.balance), entry.reason,
            )
        )  # fmt: skip
    gifts = sum(entry.amount > 0 for entry in account.entries)
    losses = words.count(len(account.entries) - gifts, "withdrawal")
    given = f"{words.count(gifts, 'deposit')} worth {words.points(account.deposits)}"
    sentence = f"{given}, {losses} worth {words.points(account.withdrawals)} points"
    closing = words.signed(account.entries[-1].balance) if account.entries else "0.0"
    position = min(max((account.balance + 100) / 200, 0.0), 1.0)
    return AccountView(
        words.signed_whole(account.balance), position, sentence, tuple(rows), closing, pictures.line(audit)
    )


def _scores(audit: Audit, numbers: dict[int, int]) -> tuple[ScoreRow, ...]:
    entries = sorted(audit.scored.entries, key=lambda entry: (-entry.lost, entry.rule))
    total = sum(entry.lost for entry in entries) or 1.0
    return tuple(
        ScoreRow(
            title(audit, entry.rule), entry.rule, words.points(entry.lost), entry.lost / total,
            tuple(sorted(numbers[index] for index in entry.findings if index in numbers)), entry.reason,
        )
        for entry in entries
    )  # fmt: skip


def title(audit: Audit, rule: str) -> str:
    """The title of a rule, or its id where it has none."""
    return audit.rule_titles.get(rule) or rule


def _outcomes(audit: Audit) -> tuple[OutcomeGroup, ...]:
    made = []
    for kind in (
        OutcomeKind.COULD_NOT_TELL,
        OutcomeKind.FOUND,
        OutcomeKind.CLEAR,
        OutcomeKind.NOT_APPLICABLE,
    ):
        rows = tuple(
            OutcomeRow(each.rule, title(audit, each.rule), each.reason)
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
    return MessageView(verdict, words.number(facts.money_first.index, 0), facts, rows)
