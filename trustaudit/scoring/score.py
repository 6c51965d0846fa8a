"""Findings to score and account: the one door of this room is ``weigh``."""

from __future__ import annotations

from collections.abc import Sequence

from trustaudit.audit import Account, Finding, Kind, Score, ScoreEntry, Severity
from trustaudit.document import Document
from trustaudit.metrics.unread import too_little_read
from trustaudit.scoring import debits
from trustaudit.scoring.account import account_of
from trustaudit.scoring.debits import Debit, Sum
from trustaudit.scoring.entries import items_of
from trustaudit.scoring.weights import Gate, Weights, weights

_NAMED = 3  # rules that the reason names


def weigh(
    findings: Sequence[Finding],
    document: Document,
    words: int,
    kind: Kind = Kind.CONTRACT,
    table: Weights | None = None,
) -> tuple[Score, Account]:
    """Score, grade and account of a document; ``table`` is for weights other than ours.

    The score is None, with the reason, where too much could not be read or there are too few words; the
    account is given all the same, since what was found was found.
    """
    table = table or weights()
    items = items_of(findings, document, table)
    account = account_of(items, table)
    reason = _no_score(document, words, table)
    if reason:
        return Score(None, None, f"No grade: {reason}."), account
    message = kind is Kind.MESSAGE
    total = debits.sum_of(items, table, table.half_at_message if message else table.half_at)
    seal = table.seal_message if message else table.seal
    value, grade, gate = debits.graded(total, table)
    if grade == "A" and account.balance < seal:
        gate = Gate("B", "too little that builds trust beside it")
    score = Score(
        value=value,
        grade=gate.grade if gate else grade,
        reason=_reason(total, value, gate, account, table),
        cap=_cap(total, gate) if gate else "",
        entries=tuple(_entries(total, value, seal, table)),
    )
    return score, account


def _no_score(document: Document, words: int, table: Weights) -> str:
    """Why there is no score, or empty."""
    unread = too_little_read(document)
    if unread:
        return unread
    if words < table.least_words:
        return f"{words} words are too few to judge"
    return ""


def _entries(total: Sum, score: float, seal: float, table: Weights) -> list[ScoreEntry]:
    """The points lost, shared out by debit: they sum to 100 - score."""
    whole = total.total
    return [
        ScoreEntry(
            rule=debit.rule,
            lost=(100 - score) * debit.points / whole if whole else 0.0,
            findings=tuple(sorted(item.index for item in debit.items)),
            reason=_why(debit, total, seal, table),
        )
        for debit in total.debits
    ]


def _why(debit: Debit, total: Sum, seal: float, table: Weights) -> str:
    score, grade, _ = debits.graded(total.without(debit.rule), table)
    times = len(debit.items)
    often = "" if times == 1 else f", found {times} times"
    graded = f", grade {grade}" if grade != "A" or seal <= -100 else ""  # an A may hang on the account too
    return f"{debit.severity}{often}; without it the score would be {score:.0f}{graded}"


def _reason(total: Sum, score: float, gate: Gate | None, account: Account, table: Weights) -> str:
    """The score in plain sentences."""
    plain = debits.letter(score, table)
    held = (
        f" The sum alone would give {plain}; the grade is held at {gate.grade}, for {gate.reason}."
        if gate
        else ""
    )
    if not total.debits:
        return f"{score:.0f} of 100: nothing was found that costs trust{_love(account)}.{held}"
    lost = f"{score:.0f} of 100: {100 - score:.0f} points are lost to {_most(total, score)}."
    if held:
        return lost + held
    if plain == "A":
        return f"{lost} Little to complain about{_love(account)}."
    return f"{lost} What is given ({account.deposits:.0f} points) softens it." if account.deposits else lost


def _love(account: Account) -> str:
    if account.balance > 0:
        return f", and the account is in credit ({account.balance:+.0f})"
    if account.deposits:
        return ", but the paper takes more than it gives"
    return ", but nothing either that builds it: the account is empty"


def _most(total: Sum, score: float) -> str:
    whole = total.total
    named = [
        f"“{_title(debit)}” ({(100 - score) * debit.points / whole:.1f})" for debit in total.debits[:_NAMED]
    ]
    others = len(total.debits) - _NAMED
    if others > 0:
        named.append(f"{others} other kind{'s' if others > 1 else ''} of finding")
    return named[0] if len(named) == 1 else ", ".join(named[:-1]) + " and " + named[-1]


def _title(debit: Debit) -> str:
    return debit.items[0].finding.title or debit.rule


def _cap(total: Sum, gate: Gate) -> str:
    """The gate that holds the grade down, with the clauses that closed it."""
    if not gate.critical and not gate.major:
        return f"at best {gate.grade}: {gate.reason}"
    least = Severity.CRITICAL if gate.critical else Severity.MAJOR
    held = [_title(debit) for debit in total.debits if debit.sure.rank >= least.rank]
    shown = "”, “".join(held[:_NAMED])
    more = f" and {len(held) - _NAMED} more" if len(held) > _NAMED else ""
    return f"at best {gate.grade}: {gate.reason} (“{shown}”{more})"
