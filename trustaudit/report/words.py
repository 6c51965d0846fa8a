"""How a report says things: severities, places, numbers and metrics in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trustaudit.audit import Confidence, Effect, Finding, Kind, Measure, OutcomeKind, Severity, Side

SEVERITY: Mapping[Severity, str] = {
    Severity.CRITICAL: "Critical",
    Severity.MAJOR: "Major",
    Severity.MINOR: "Minor",
    Severity.INFO: "Info",
}
CONFIDENCE: Mapping[Confidence, str] = {
    Confidence.HIGH: "sure",
    Confidence.MEDIUM: "fairly sure",
    Confidence.LOW: "please check",
}
EFFECT: Mapping[Effect, str] = {
    Effect.WITHDRAWAL: "Withdrawal",
    Effect.DEPOSIT: "Deposit",
    Effect.NOTE: "Note",
}
KIND: Mapping[Kind, str] = {
    Kind.CONTRACT: "Contract",
    Kind.TERM_SHEET: "Term sheet",
    Kind.MESSAGE: "Message",
}
SIDE: Mapping[Side, str] = {
    Side.COMPANY: "the company",
    Side.CUSTOMER: "the customer",
    Side.BOTH: "both sides",
    Side.NEITHER: "neither side",
    Side.UNKNOWN: "could not tell",
}
OUTCOME: Mapping[OutcomeKind, str] = {
    OutcomeKind.FOUND: "Found",
    OutcomeKind.CLEAR: "Clear",
    OutcomeKind.NOT_APPLICABLE: "Not applicable",
    OutcomeKind.COULD_NOT_TELL: "Could not tell",
}
MONEY_VERDICT: Mapping[str, str] = {
    "yes": "Yes, money speaks first",
    "no": "No, money does not speak first",
    "legitimate": "Money comes first, and may: it is what the message is for",
}

# name of a metric -> what to call it, and its sentence with {n} for the number and {p} for a percentage
_METRICS: Mapping[str, tuple[str, str]] = {
    "fine_print_ratio": ("Fine print", "{p} of the words are fine print: small, pale, capitals or notes."),
    "fine_print_small": ("Small type", "{p} of the words are set small."),
    "fine_print_pale": ("Pale type", "{p} of the words are hard to see against their background."),
    "fine_print_capitals": ("Capitals", "{p} of the words stand in long runs of capitals."),
    "fine_print_notes": ("Notes", "{p} of the words stand in footnotes and starred notes."),
    "fine_print_hidden": ("Hidden text", "{p} of the words cannot be seen at all."),
    "burial_index": ("Burial", "Burdens stand {n} times as deep in the fine print as benefits."),
    "money_first": ("Money first", "On a scale of 0 to 100, money comes before care by {n}."),
    "reading_ease": ("Reading ease", "Flesch reading ease is {n}; from 60 it reads easily, under 45 hard."),
    "reading_grade": ("School years", "It takes about {n} years of school to read it with ease."),
    "grade_level": ("School years", "It takes about {n} years of school to read it with ease."),
    "sentence_length": ("Sentence length", "A sentence has {n} words on average; up to 22 reads well."),
    "words_per_sentence": ("Sentence length", "A sentence has {n} words on average; up to 22 reads well."),
    "longest_sentence": ("Longest sentence", "The longest sentence has {n} words; past 50 few follow."),
    "long_sentences": ("Long sentences", "{n} sentences have more than 50 words."),
    "long_sentence_share": ("Long sentences", "{p} of the sentences have more than 50 words."),
    "sentences": ("Sentences", "It has {n} sentences."),
    "capitals_share": ("Capitals", "{p} of the words are written in capitals."),
    "passive_share": ("Passive voice", "{p} of the sentences hide who acts."),
    "jargon_share": ("Legal jargon", "{p} of the words are legal jargon."),
    "syllables_per_word": ("Syllables", "A word has {n} syllables on average; under 1.55 is plain."),
    "body_size": ("Body type", "Most of the text is set in {n} points."),
    "smallest_size": ("Smallest type", "The smallest text is set in {n} points."),
    "words": ("Words", "The document has {n} words."),
    "pages": ("Pages", "It has {n} pages."),
    "reading_minutes": ("Reading time", "Reading it takes about {n} minutes."),
}  # fmt: skip


def metric_order(names: Iterable[str]) -> list[str]:
    """Metrics that are known in the order of their importance, then the others by name."""
    order = {name: index for index, name in enumerate(_METRICS)}
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))


def number(value: float, digits: int = 1) -> str:
    """``1234.0`` is ``1,234``; at most so many digits after the point; never ``-0``."""
    rounded = round(value, digits) + 0.0
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.{digits}f}"


def points(value: float) -> str:
    """An amount in a column: always one digit after the point."""
    return f"{round(value, 1) + 0.0:,.1f}"


def signed(value: float) -> str:
    """A balance in a column: with its sign, a true minus, and none for nothing."""
    return _signed(points(abs(value)), round(value, 1))


def signed_whole(value: float) -> str:
    """The same without digits after the point."""
    return _signed(f"{abs(round(value)):,}", round(value))


def _signed(shown: str, value: float) -> str:
    if value == 0:
        return shown
    return ("+" if value > 0 else "−") + shown


def percent(ratio: float) -> str:
    """``0.1556`` is ``15.6%``; a little is never shown as nothing."""
    shown = number(100 * ratio)
    return "under 0.1%" if shown == "0" and ratio > 0 else f"{shown}%"


def count(amount: int, one: str, many: str = "") -> str:
    """``1 finding``, ``6 findings``."""
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


def metric_name(name: str) -> str:
    """What to call a metric; one without a name of its own is called by its key."""
    known = _METRICS.get(name)
    return known[0] if known else name.replace("_", " ").capitalize()


def metric_value(name: str, measure: Measure) -> str:
    """The number as it is shown beside its sentence."""
    if measure.value is None:
        return "–"
    known = _METRICS.get(name)
    as_percent = "{p}" in known[1] if known else name.endswith(("_ratio", "_share"))
    return percent(measure.value) if as_percent else number(measure.value)


def metric_sentence(name: str, measure: Measure) -> str:
    """One plain sentence; where nothing was measured, why not."""
    if measure.value is None:
        return f"Could not be measured: {measure.reason or 'no reason given'}."
    known = _METRICS.get(name)
    shown = metric_value(name, measure)
    sentence = known[1].format(n=shown, p=shown) if known else f"{metric_name(name)}: {shown}."
    return f"{sentence} {measure.reason}".strip()


def where(page: int | None, line: int | None) -> str:
    """``page 7``, ``line 12``, ``page 7, line 12``, or nothing."""
    parts = [f"page {page}" if page is not None else "", f"line {line}" if line is not None else ""]
    return ", ".join(part for part in parts if part)


def place(finding: Finding) -> str:
    """Where a person finds it; a finding without words of its own is about the whole document."""
    if finding.start == finding.end:
        return "the document as a whole"
    return where(finding.page, finding.line) or f"character {finding.start + 1:,}"


MONEY_PART: Mapping[str, str] = {
    "order": "Order",
    "condition": "Condition",
    "share": "Share of money",
    "pressure": "Pressure",
    "care-gap": "Missing care",
    "clarity": "Clarity",
    "threat-before-help": "Threat before help",
}
