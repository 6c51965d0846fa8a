"""Audits in which every string that can come from a document or a rule is the same foreign text."""

from __future__ import annotations

from dataclasses import replace

from trustaudit.audit import (
    Asymmetry,
    Audit,
    Entry,
    MoneyEntry,
    Outcome,
    OutcomeKind,
    Pair,
    Parties,
    Reference,
    Related,
    Score,
    ScoreEntry,
    Side,
    SideCount,
    Suppressed,
    TopicBalance,
    Unreadable,
)
from trustaudit.document import Block, BlockKind, Document, Place, Span, Unread

from . import sample


def audit(text: str) -> Audit:
    """``text`` in every field that holds prose; the document is the text three times, in three kinds of block."""
    kinds = (BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.PARAGRAPH)
    step = len(text) + 2
    blocks = tuple(Block(at * step, at * step + len(text), kind) for at, kind in enumerate(kinds))
    read = Document(
        f"{text}\n\n{text}\n\n{text}", blocks, name=f"folder/{text}", unread=(Unread(text, text),)
    )
    span = Span(0, len(text))
    model = sample.contract()
    findings = tuple(
        replace(
            found, rule=text, title=text, topic=text, quote=text, start=0, end=len(text), message=text, why=text,
            advice=text, rewrite=text, references=(Reference(text, text, text),), labels={text: text},
            related=(Related(0, len(text), text, text),), place=Place(), raised=text, fingerprint=text,
        )
        for found in model.findings[:4]
    )  # fmt: skip
    outcomes = tuple(Outcome(text, kind, text) for kind in OutcomeKind)
    topic = TopicBalance(text, SideCount(1, 2), SideCount(2, 1), (Asymmetry(text, text, text, span, span),))
    facts = sample.message().message
    assert facts is not None
    money = replace(facts.money_first, verdict=text, entries=(MoneyEntry(text, 1.0, text, span),))
    return replace(
        model, document=read, parties=Parties((text,), (text,), (text,)), findings=findings, outcomes=outcomes,
        scored=Score(50.0, "D", text, text, (ScoreEntry(text, 50.0, (0, 1), text),)),
        account=replace(model.account, entries=(Entry(text, -1.0, 0, -1.0, text), Entry(text, 1.0, 1, 0.0, text))),
        balance=replace(
            model.balance, topics=(topic,), band=text,
            pairs=(Pair(text, Side.CUSTOMER, span, span, text), Pair(text, Side.CUSTOMER, None, None, text)),
        ),
        message=replace(facts, channel=text, purpose=text, money_first=money), guesses=(text,),
        measures={text: replace(model.measures["words"], reason=text), "x": replace(model.measures["money_first"], reason=text)},
        fine_print=(Span(0, max(len(text) // 2, 1)),), rule_titles={text: text},
        suppressed=(Suppressed(f"hidden {text}", text, text, text, text),), language=text,
    )  # fmt: skip


def unreadable(text: str) -> tuple[Unreadable, ...]:
    return (Unreadable(text, text),)
