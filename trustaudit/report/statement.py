"""The trust account as a statement, and the score entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trustaudit.audit import Audit, Effect
from trustaudit.report import pictures, words
from trustaudit.report.escaping import shortened
from trustaudit.report.pictures import Line
from trustaudit.report.places import Places


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


def account(audit: Audit, numbers: Mapping[int, int]) -> AccountView:
    account = audit.account
    rows = []
    places = Places(audit.document)
    for entry in account.entries:
        found = audit.findings[entry.finding]
        rows.append(
            StatementRow(
                places.of(found), numbers.get(entry.finding, 0), found.title, shortened(found.quote, 110),
                words.points(abs(entry.amount)), entry.amount > 0, words.signed(entry.balance), entry.reason,
            )
        )  # fmt: skip
    closing = words.signed(account.entries[-1].balance) if account.entries else "0.0"
    position = min(max((account.balance + 100) / 200, 0.0), 1.0)
    balance = words.signed_whole(account.balance)
    return AccountView(balance, position, _flows(audit), tuple(rows), closing, pictures.line(audit))


def _flows(audit: Audit) -> str:
    """``3 deposits worth 9.0, 9 withdrawals worth 97.5 points``.

    A deposit that counts nothing, because its sentence takes something, is neither.
    """
    account = audit.account
    gifts = sum(entry.amount > 0 for entry in account.entries)
    effects = [audit.findings[entry.finding].effect for entry in account.entries]
    losses = effects.count(Effect.WITHDRAWAL)
    given = f"{words.count(gifts, 'deposit')} worth {words.points(account.deposits)}"
    taken = f"{words.count(losses, 'withdrawal')} worth {words.points(account.withdrawals)} points"
    return f"{given if gifts else 'no deposit'}, {taken if losses else 'no withdrawal'}"


def scores(audit: Audit, numbers: Mapping[int, int]) -> tuple[ScoreRow, ...]:
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
