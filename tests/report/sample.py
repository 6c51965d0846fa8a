"""Made-up documents and audits that cover every case a report has to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from trustaudit.audit import (
    Account,
    Asymmetry,
    Audience,
    Audit,
    Balance,
    Confidence,
    Effect,
    Entry,
    Finding,
    Kind,
    Measure,
    MessageFacts,
    MoneyEntry,
    MoneyFirst,
    Outcome,
    OutcomeKind,
    Pair,
    Parties,
    Reference,
    Related,
    Score,
    ScoreEntry,
    Severity,
    Side,
    SideCount,
    Suppressed,
    Tool,
    TopicBalance,
    Unreadable,
)
from trustaudit.document import BlockKind, Document, Page, Place, SourceMap, Span, Unread
from trustaudit.parsing.builder import Builder, Style

TOOL = Tool("trustaudit", "0.1.0", "5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592")
UNREADABLE = (Unreadable("drafts/old terms.doc", "an old binary Word file: save it as .docx"),)

_DIRECTIVE = Reference(
    "Directive 93/13/EEC, Annex 1(j)", "https://eur-lex.europa.eu/eli/dir/1993/13/oj", "2026-02-01"
)
_ANNEX_B = Reference("Directive 93/13/EEC, Annex 1(b)")

CONTRACT = (
    (BlockKind.TITLE, 20, "Master Services Agreement"),
    (BlockKind.PARAGRAPH, 11, "between Northwind Tooling Ltd (“Northwind”, “we”) and the customer named in the order (“you”)."),
    (BlockKind.HEADING, 13, "1. What we do for you"),
    (BlockKind.PARAGRAPH, 11, "We build and maintain the tooling described in the order. Your contact is Marta Lindqvist; she answers within two working days."),
    (BlockKind.PARAGRAPH, 11, "If we miss a delivery date, we will tell you at once and refund 5% of the price for each week of delay."),
    (BlockKind.HEADING, 13, "2. Changes"),
    (BlockKind.PARAGRAPH, 11, "We may, at any time and without notice, modify these terms. Continued use of the service means that you accept the change."),
    (BlockKind.HEADING, 13, "3. Term and termination"),
    (BlockKind.PARAGRAPH, 11, "This agreement renews automatically for further periods of twelve months."),
    (BlockKind.LIST_ITEM, 11, "(a) You may end it by giving ninety (90) days’ written notice before the end of a period."),
    (BlockKind.LIST_ITEM, 11, "(b) We may end it for convenience by giving ten (10) days’ notice."),
    (BlockKind.HEADING, 13, "4. Drawings and samples"),
    (BlockKind.PARAGRAPH, 11, "All drawings, specifications and know-how that you hand over become our property. You pay for any damage to the prototype, whoever caused it."),
    (BlockKind.HEADING, 13, "5. Money"),
    (BlockKind.TABLE_CELL, 10, "Deposit"),
    (BlockKind.TABLE_CELL, 10, "40% of the order value, not refundable"),
    (BlockKind.TABLE_CELL, 10, "Late payment"),
    (BlockKind.TABLE_CELL, 10, "1.5% a month, compounding"),
    (BlockKind.HEADING, 13, "6. Liability"),
    (BlockKind.PARAGRAPH, 11, "Thank you for trusting us with your production line: we stand behind our work."),
    (BlockKind.FOOTNOTE, 6.5, "¹ To the maximum extent permitted by law, Northwind excludes all liability for any loss, including loss caused by its own negligence, and you will indemnify Northwind against every claim."),
    (BlockKind.PARAGRAPH, 11, "Any dispute is decided by a single arbitrator whom we name at our sole discretion."),
    (BlockKind.FOOTER, 8, "Northwind Tooling Ltd · Terms 4.2"),
)  # fmt: skip


def document(
    pieces: tuple[tuple[BlockKind, float, str], ...] = CONTRACT,
    *,
    name: str = "contracts/master services.pdf",
    blocks_a_page: int = 9,
) -> Document:
    """A typeset document: one run a block, one box a run, so many blocks a page."""
    builder = Builder()
    for index, (kind, size, text) in enumerate(pieces):
        page, row = divmod(index, blocks_a_page)
        box = (72.0, 72.0 + row * 60, 523.0, 72.0 + row * 60 + size * 2.4)
        builder.start(kind, 1)
        builder.add(text, Style(size=size, page=page + 1, bbox=box, contrast=21.0))
    pages = tuple(Page(number + 1, 595.0, 842.0) for number in range((len(pieces) - 1) // blocks_a_page + 1))
    return builder.document(name=name, media_type="application/pdf", sha256="ab" * 32, pages=pages)


def text_document(text: str, name: str = "reminder.txt") -> Document:
    """Plain text: a paragraph between empty lines, places by line and column."""
    builder = Builder()
    at = 0
    for part in text.split("\n\n"):
        builder.start()
        builder.add(part, source=at)
        at += len(part) + 2
    builder.close()
    return builder.document(
        name=name, sha256="cd" * 32, source_map=SourceMap.identity(text), media_type="text/plain"
    )


def place(read: Document, quote: str) -> tuple[int, int, Place]:
    start = read.text.index(quote)
    span = Span(start, start + len(quote))
    return span.start, span.end, read.place(span)


@dataclass(frozen=True)
class Sample:
    """A finding with only what a case is about; the rest is filled in."""

    rule: str
    title: str
    severity: Severity
    quote: str
    effect: Effect = Effect.WITHDRAWAL
    confidence: Confidence = Confidence.HIGH
    message: str = ""
    related: tuple[tuple[str, str], ...] = ()
    rewrite: str = ""
    advice: str = ""
    why: str = ""
    references: tuple[Reference, ...] = ()
    labels: Mapping[str, str] | None = None
    fine: bool = False

    def finding(self, read: Document) -> Finding:
        start, end, where = place(read, self.quote)
        related = []
        for quote, message in self.related:
            there, until, at = place(read, quote)
            related.append(Related(there, until, quote, message, at.page, at.line))
        gift = self.effect is Effect.DEPOSIT
        return Finding(
            rule=self.rule, title=self.title, severity=self.severity, confidence=self.confidence,
            effect=self.effect, favours=Side.CUSTOMER if gift else Side.COMPANY,
            topic=self.rule.split("/")[0], quote=self.quote, start=start, end=end, message=self.message,
            why=self.why, advice=self.advice, rewrite=self.rewrite, references=self.references,
            labels=self.labels or {}, related=tuple(related), place=where, in_fine_print=self.fine,
            raised="it stands in fine print" if self.fine else "",
            weight=3.0 if gift else 5.0, fingerprint=f"{sum(map(ord, self.rule + self.quote)):016x}",
        )  # fmt: skip


SAMPLES = (
    Sample(
        "care/named-human", "A named person to talk to", Severity.INFO, "Your contact is Marta Lindqvist", Effect.DEPOSIT,
        why="A person can be trusted; a department cannot.",
    ),
    Sample(
        "care/remedy-own-failure", "Our own failure has a consequence", Severity.INFO,
        "refund 5% of the price for each week of delay", Effect.DEPOSIT,
        why="A promise with a price behind it is believed.",
    ),
    Sample(
        "one-sided/unilateral-change", "One side may change the terms alone", Severity.CRITICAL,
        "We may, at any time and without notice, modify these terms",
        why="A promise that one side can rewrite is not a promise.",
        advice="Give notice, and a free way out before the change takes effect.",
        rewrite="We will tell you 30 days before a change. If you disagree, you may leave at no cost before it takes effect.",
        references=(_DIRECTIVE,), labels={"unfair_tos": "unilateral_change", "kind": "change-terms-no-notice"},
        related=(("Continued use of the service means that you accept the change.", "and using the service counts as consent"),),
    ),
    Sample(
        "one-sided/consent-by-use", "Using the service counts as consent", Severity.MAJOR,
        "modify these terms. Continued use of the service means that you accept the change",
        confidence=Confidence.LOW, why="Silence is not agreement.", advice="Ask, and wait for the answer.",
    ),
    Sample(
        "reciprocity/notice-asymmetry", "Your notice is longer than ours", Severity.MAJOR,
        "You may end it by giving ninety (90) days’ written notice", message="You: 90 days; we: 10 days, a ninth of it.",
        related=(("We may end it for convenience by giving ten (10) days’ notice.", "ours"),),
        why="Who can leave faster carries less of the risk.", advice="Give both sides the same notice.",
        rewrite="Either side may end this agreement by giving 30 days’ written notice.",
    ),
    Sample(
        "reciprocity/ip-handed-over", "Your drawings become ours, with nothing in return", Severity.CRITICAL,
        "All drawings, specifications and know-how that you hand over become our property",
        why="The customer hands over what makes their product theirs, and gets no protection for it.",
        advice="Keep the ownership where it is, and promise secrecy, return and care.",
        rewrite="Your drawings stay yours. We use them only for your order, keep them secret and return them when it ends.",
        references=(_DIRECTIVE, _ANNEX_B),
    ),
    Sample(
        "one-sided/damage-fee", "You pay for damage, whoever caused it", Severity.MAJOR,
        "You pay for any damage to the prototype, whoever caused it",
        why="A lender who trusts its product bears normal wear.", advice="Limit it to damage by the customer’s fault.",
    ),
    Sample(
        "money-first/non-refundable", "The deposit is kept whatever happens", Severity.MAJOR, "not refundable",
        why="Money kept for work that is not done is not earned.", advice="Say when, and by when, it is paid back.",
    ),
    Sample(
        "care/stands-behind", "Stands behind its work", Severity.INFO, "we stand behind our work", Effect.DEPOSIT,
        confidence=Confidence.MEDIUM, why="A promise that binds.",
    ),
    Sample(
        "fine-print/liability-total-exclusion", "All liability is excluded in fine print", Severity.CRITICAL,
        "Northwind excludes all liability for any loss, including loss caused by its own negligence", fine=True,
        why="What hurts most is set smallest.", advice="Say it in body type, and cap it for both sides.",
        rewrite="Each side is liable up to the value of the order; neither limits liability for injury or intent.",
        references=(_ANNEX_B,),
    ),
    Sample(
        "one-sided/indemnity-one-way", "Only you indemnify", Severity.MAJOR, "you will indemnify Northwind against every claim",
        fine=True, confidence=Confidence.MEDIUM, why="A risk that only one side insures is not shared.", advice="Make it mutual.",
    ),
    Sample(
        "one-sided/arbitrator-ours", "We choose the judge", Severity.MAJOR, "whom we name at our sole discretion",
        why="Nobody trusts a referee whom the other team pays.", advice="Let a neutral body name the arbitrator.",
    ),
    Sample(
        "layout/undefined-term", "A word that is not explained", Severity.INFO, "Terms 4.2", Effect.NOTE,
        why="Readers should not have to guess.",
    ),
)  # fmt: skip

METRICS = {
    "words": Measure(212.0),
    "pages": Measure(3.0),
    "fine_print_ratio": Measure(0.1556),
    "reading_ease": Measure(48.25),
    "sentence_length": Measure(17.9),
    "capitals_share": Measure(0.0),
    "burial_index": Measure(None, "the document has no headline that promises something"),
    "money_first": Measure(None, "only messages are read for what comes first"),
}


def _outcomes(findings: tuple[Finding, ...]) -> tuple[Outcome, ...]:
    found = [Outcome(rule, OutcomeKind.FOUND) for rule in sorted({each.rule for each in findings})]
    return (
        *found,
        Outcome("one-sided/class-waiver", OutcomeKind.CLEAR),
        Outcome("one-sided/jury-waiver", OutcomeKind.CLEAR),
        Outcome("money-first/ask-before-purpose", OutcomeKind.NOT_APPLICABLE, "for messages only"),
        Outcome("fine-print/pale", OutcomeKind.COULD_NOT_TELL, "page 4 is a picture: its colours were not measured"),
    )  # fmt: skip


def _account(findings: tuple[Finding, ...]) -> Account:
    entries: list[Entry] = []
    balance = 0.0
    for index in sorted(range(len(findings)), key=lambda at: findings[at].start):
        found = findings[index]
        if found.effect is Effect.NOTE:
            continue
        amount = (
            found.weight if found.effect is Effect.DEPOSIT else -found.weight * (1 + found.severity.rank / 2)
        )
        balance += amount
        entries.append(Entry(found.rule, amount, index, balance, found.raised))
    deposits = sum(entry.amount for entry in entries if entry.amount > 0)
    withdrawals = -sum(entry.amount for entry in entries if entry.amount < 0)
    bounded = 100 * (deposits - withdrawals) / (deposits + withdrawals + 10)
    return Account(deposits, withdrawals, bounded, tuple(entries))


def _score(findings: tuple[Finding, ...]) -> Score:
    losses: dict[str, list[int]] = {}
    for index, found in enumerate(findings):
        if found.effect is Effect.WITHDRAWAL:
            losses.setdefault(found.rule, []).append(index)
    debits = {
        rule: sum((2.0, 2.0, 5.0, 15.0)[findings[at].severity.rank] for at in at_)
        for rule, at_ in losses.items()
    }
    total = sum(debits.values())
    value = 100 * 50 / (50 + total)
    entries = tuple(
        ScoreEntry(rule, (100 - value) * debits[rule] / total, tuple(found)) for rule, found in losses.items()
    )  # fmt: skip
    cap = "three critical findings hold the grade at E" if total > 40 else ""
    grade = "E" if cap else "A"
    reason = (
        "Three clauses each take away something the customer relies on."
        if cap
        else "Nothing to complain about."
    )
    return Score(value, grade, reason, cap, entries)


def _balance(read: Document) -> Balance:
    def span(quote: str) -> Span:
        start = read.text.index(quote)
        return Span(start, start + len(quote))

    notice = Asymmetry(
        "notice of termination", "10 days", "90 days",
        span("ten (10) days’ notice"), span("ninety (90) days’ written notice"),
    )  # fmt: skip
    return Balance(
        topics=(
            TopicBalance("change", SideCount(0, 2), SideCount(1, 0)),
            TopicBalance("termination", SideCount(1, 2), SideCount(2, 1), (notice,)),
            TopicBalance("property", SideCount(0, 1), SideCount(3, 0)),
            TopicBalance("liability", SideCount(1, 1), SideCount(2, 0)),
        ),
        pairs=(
            Pair("Refund of what was prepaid", Side.CUSTOMER, span("40% of the order value"), None, "missing"),
            Pair("Protection of what was handed over", Side.CUSTOMER, span("All drawings, specifications and know-how"), None, "missing"),
            Pair("Notice", Side.CUSTOMER, span("ninety (90) days’ written notice"), span("ten (10) days’ notice"), "weaker: 10 days for 90"),
            Pair("A consequence for being late", Side.CUSTOMER, span("1.5% a month, compounding"), span("refund 5% of the price"), "given"),
        ),
        share=0.79,
        band="tilted to the company",
    )  # fmt: skip


def contract() -> Audit:
    """A contract with every kind of finding, metric, outcome and hole."""
    read = replace(document(), unread=(Unread("page 4", "a scanned picture without a text layer"),))
    findings = tuple(sample.finding(read) for sample in SAMPLES)
    fine = next(block.span for block in read.blocks if block.kind is BlockKind.FOOTNOTE)
    return Audit(
        document=read, kind=Kind.CONTRACT, audience=Audience.BUSINESS,
        parties=Parties(("Northwind Tooling Ltd", "Northwind"), ("you",), ("“Northwind”, “we” is defined on page 1",)),
        findings=findings, outcomes=_outcomes(findings), measures=METRICS, scored=_score(findings),
        account=_account(findings), balance=_balance(read), message=None, tool=TOOL,
        guesses=("taken for a contract: it calls itself an agreement", "business customer: an order value is named"),
        fine_print=(fine,), rule_titles={each.rule: each.title for each in findings},
        suppressed=(Suppressed("00aa", "one-sided/home-venue", "agreed with the works council", "2027-03-01"),),
        language="en",
    )  # fmt: skip


REMINDER = """Dear customer,

your initial deposit of 250 will be required before the start of the meeting on Friday at 10:00. If it is not received we will cancel the slot.

Thank you for choosing Bright Dental. Ask for Ana on 555 0144 if another day suits you better.
"""


def message() -> Audit:
    """A reminder in which money speaks first."""
    read = text_document(REMINDER)
    samples = (
        Sample(
            "money-first/condition", "Service hangs on payment", Severity.MAJOR,
            "will be required before the start of the meeting", labels={"message": "condition"},
            why="It makes the meeting a hostage.", advice="Say what the meeting is for first; ask for money after, with a choice.",
        ),
        Sample("money-first/threat", "A threat", Severity.MINOR, "we will cancel the slot", labels={"message": "threat"}),
        Sample(
            "care/help", "A person and a way to change", Severity.INFO, "Ask for Ana on 555 0144", Effect.DEPOSIT,
            why="Help that has a name is used.",
        ),
    )  # fmt: skip
    findings = tuple(sample.finding(read) for sample in samples)
    span = findings[0].span
    money = MoneyFirst(68.0, "yes", (
        MoneyEntry("order", 35.0, "the ask stands before any word of help or purpose", span),
        MoneyEntry("condition", 20.0, "the meeting depends on the payment", span),
        MoneyEntry("care-gap", 13.0, "care comes only at the end"),
    ))  # fmt: skip
    return Audit(
        document=read, kind=Kind.MESSAGE, audience=Audience.CONSUMER, parties=Parties(("Bright Dental",), ("customer",)),
        findings=findings, outcomes=_outcomes(findings),
        measures={"words": Measure(48.0), "money_first": Measure(68.0), "fine_print_ratio": Measure(None, "plain text has no type sizes")},
        scored=replace(_score(findings), grade="C", reason="The first thing the customer reads is a demand.", cap=""),
        account=_account(findings), balance=Balance(), tool=TOOL, language="en",
        message=MessageFacts("email", "appointment-reminder", money, True, True),
        rule_titles={each.rule: each.title for each in findings},
    )  # fmt: skip


def clean() -> Audit:
    """Nothing found, everything read."""
    read = text_document("Good morning Ms Diaz, your order is ready. Enjoy it.", "mail/ready.txt")
    return Audit(
        document=read, kind=Kind.MESSAGE, audience=Audience.CONSUMER, parties=Parties(), findings=(),
        outcomes=(Outcome("money-first/threat", OutcomeKind.CLEAR),), measures={"words": Measure(10.0)},
        scored=Score(100.0, "A", "Nothing was found that takes from the customer."), account=Account(),
        balance=Balance(), message=None, tool=TOOL, language="en",
    )  # fmt: skip


def unclear() -> Audit:
    """Too much could not be read: no grade."""
    read = replace(
        text_document("Terms", "scans/terms.pdf"),
        unread=(Unread("pages 1 to 9", "scanned pictures without text"),),
    )
    return Audit(
        document=read, kind=Kind.CONTRACT, audience=Audience.CONSUMER, parties=Parties(), findings=(), outcomes=(),
        measures={"fine_print_ratio": Measure(None, "there is no text to measure")},
        scored=Score(None, None, "Nine of nine pages could not be read."), account=Account(), balance=Balance(),
        message=None, tool=TOOL,
    )  # fmt: skip


def every() -> tuple[Audit, ...]:
    return contract(), message(), clean(), unclear()


def long_contract(pages: int = 60, findings: int = 60) -> Audit:
    """For speed: sixty pages of about 500 words, with so many findings."""
    filler = "The parties meet once a quarter, look at what was promised, and write down what is left to do. "
    pieces: list[tuple[BlockKind, float, str]] = []
    every_nth = pages * 12 // findings
    for index in range(pages * 12):
        if index % 12 == 0:
            pieces.append((BlockKind.HEADING, 13, f"{index // 12 + 1}. Clause"))
        elif index % every_nth == 1:
            pieces.append((BlockKind.PARAGRAPH, 11, f"We may change item {index} without notice. " + filler))
        else:
            pieces.append((BlockKind.PARAGRAPH, 11, filler * 2 + f"Paragraph {index}."))
    read = document(tuple(pieces), blocks_a_page=12)
    found = tuple(
        Sample(
            f"one-sided/rule-{index % 20}", "One side may change the terms alone", tuple(Severity)[index % 4],
            text[: text.index(".")], why="A promise that one side can rewrite is not a promise.",
            advice="Give notice.", rewrite="We will tell you 30 days before.", references=(_DIRECTIVE,),
        ).finding(read)
        for index, text in enumerate(text for _, _, text in pieces if text.startswith("We may change item"))
    )  # fmt: skip
    return replace(
        contract(), document=read, findings=found, outcomes=_outcomes(found), scored=_score(found),
        account=_account(found), balance=Balance(), fine_print=(),
        rule_titles={each.rule: each.title for each in found},
    )  # fmt: skip


__all__ = ["UNREADABLE", "clean", "contract", "every", "long_contract", "message", "unclear"]
