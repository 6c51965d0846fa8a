"""The trust account of each message of a catalogue."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from trustaudit.audit import Account, Finding, MessageFacts
from trustaudit.document import Document
from trustaudit.scoring.account import account_of
from trustaudit.scoring.entries import items_of
from trustaudit.scoring.weights import Weights, weights


def with_accounts(
    facts: MessageFacts, findings: Sequence[Finding], document: Document, table: Weights | None = None
) -> MessageFacts:
    """The facts with an account for each message; its lines point into ``findings``, in order."""
    if not facts.messages:
        return facts
    table = table or weights()
    starts = [found.start for found in findings]
    messages = []
    for message in facts.messages:
        low, high = bisect_left(starts, message.start), bisect_left(starts, message.end)
        own = items_of(findings[low:high], document, table)
        account = account_of(own, table) if own else Account()
        messages.append(replace(message, account=_moved(account, low)))
    return replace(facts, messages=tuple(messages))


def _moved(account: Account, by: int) -> Account:
    entries = tuple(replace(entry, finding=entry.finding + by) for entry in account.entries)
    return replace(account, entries=entries)
