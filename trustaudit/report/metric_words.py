"""Each metric in a plain sentence, with what is usual where a source says so."""

from __future__ import annotations

from collections.abc import Mapping

from trustaudit.audit import Measure
from trustaudit.report.words import number, percent

# name of a metric -> what to call it, and its sentence: {p} is a percentage, {n} a number
_METRICS: Mapping[str, tuple[str, str]] = {
    "fine_print_ratio": ("Fine print", "{p} of the words are set so that they are not read."),
    "fine_print_estimate": (
        "Fine print, at least",
        "Judged by the text alone, {p} of the words are set apart.",
    ),
    "fine_print_estimate_high": (
        "Fine print, at most",
        "Judged by the text alone, it may be {p} of the words.",
    ),
    "fine_print_small": ("Small", "{p} of the words are set small."),
    "fine_print_pale": ("Pale", "{p} of the words stand out too little from what is behind them."),
    "fine_print_capitals": ("In capitals", "{p} of the words stand in long runs of capitals."),
    "fine_print_tight": ("Tight", "{p} of the words stand on lines set too close."),
    "fine_print_line": ("On long lines", "{p} of the words stand on lines too long for their size."),
    "fine_print_footnoted": ("In notes", "{p} of the words stand in footnotes and notes."),
    "fine_print_starred": ("Behind an asterisk", "{p} of the words stand behind an asterisk."),
    "fine_print_hidden": ("Hidden", "{p} of the words cannot be seen at all."),
    "operative_fine_share": (
        "Binding fine print",
        "{p} of the words that bind somebody are fine print.",
    ),
    "burial_index": (
        "Burial index",
        "From -1 to 1, burdens stand {n} deeper than benefits; 0 is even, below it they stand out more.",
    ),
    "money_first": ("Money first", "On a scale of 0 to 100, money comes before care by {n}."),
    "reading_ease": ("Reading ease", "Flesch reading ease is {n}; from 60 it reads easily, under 45 hard."),
    "grade_level": ("School years", "It takes about {n} years of school to read it with ease."),
    "sentence_length": ("Sentence length", "A sentence has {n} words on average; up to 22 reads well."),
    "long_sentences": ("Long sentences", "{p} of the sentences have more than 50 words."),
    "longest_sentence": ("Longest sentence", "The longest sentence has {n} words; past 50 few follow."),
    "passive_share": ("Passive voice", "{p} of the sentences have a passive, which can hide who acts."),
    "jargon_share": ("Legal jargon", "{p} of the words are legal jargon."),
    "capitals_share": ("Capitals", "{p} of the words are written in capitals."),
    "all_caps_paragraphs": ("Shouted paragraphs", "{n} paragraphs are written in capitals."),
    "wall_of_text": ("Walls of text", "{p} of the words stand in paragraphs of more than 150 words."),
    "headings_per_300_words": ("Headings", "There are {n} headings for each 300 words; about one is usual."),
    "unnumbered_clauses": ("Unnumbered clauses", "{p} of the clauses have no number or heading to cite."),
    "undefined_references": ("Dead references", "{n} references lead to a clause that is not there."),
    "definitions_far_from_use": (
        "Far definitions",
        "{p} of the defined terms are defined far from their use.",
    ),
    "line_length": ("Line length", "A full line has {n} characters; 60 to 80 read well."),
    "leading_ratio": (
        "Line spacing",
        "Lines are {n} times as far apart as the type is high; from 1.2 reads well.",
    ),
    "sentences": ("Sentences", "It has {n} sentences."),
    "words": ("Words", "It has {n} words."),
    "pages": ("Pages", "It has {n} pages."),
}

_FINER = frozenset({"leading_ratio", "burial_index"})


def known(name: str) -> bool:
    """Whether the metric has a sentence of its own."""
    return name in _METRICS


def order(measures: Mapping[str, Measure]) -> list[str]:
    """What was measured in the order of importance, then what could not be."""
    places = {name: index for index, name in enumerate(_METRICS)}
    shown = [name for name, measure in measures.items() if not _idle(name, measure, measures)]
    return sorted(shown, key=lambda name: (measures[name].value is None, places.get(name, len(places)), name))


def _idle(name: str, measure: Measure, measures: Mapping[str, Measure]) -> bool:
    """An estimate of what was measured, or a cause of fine print that is not there."""
    ratio = measures.get("fine_print_ratio")
    if not name.startswith("fine_print_") or ratio is None or ratio.value is None or measure is ratio:
        return False
    return not measure.value


def called(name: str) -> str:
    """What to call a metric; one without a name of its own is called by its key."""
    return _METRICS[name][0] if name in _METRICS else name.replace("_", " ").capitalize()


def value(name: str, measure: Measure) -> str:
    """The number as it is shown beside its sentence."""
    if measure.value is None:
        return "–"
    as_percent = "{p}" in _METRICS[name][1] if name in _METRICS else name.endswith(("_ratio", "_share"))
    return percent(measure.value) if as_percent else number(measure.value, 2 if name in _FINER else 1)


def sentence(name: str, measure: Measure) -> str:
    """One plain sentence; where nothing was measured, why not."""
    if measure.value is None:
        return f"Not measured: {measure.reason or 'no reason given'}."
    shown = value(name, measure)
    said = _METRICS[name][1].format(n=shown, p=shown) if name in _METRICS else f"{called(name)}: {shown}."
    remark = f" ({measure.reason})" if measure.reason else ""
    return f"{said}{remark}"


def fine_print(measures: Mapping[str, Measure]) -> str:
    """The ratio in a word or two, its estimate where there is none, or that there is neither."""
    ratio = measures.get("fine_print_ratio")
    if ratio is not None and ratio.value is not None:
        return percent(ratio.value)
    bounds = [measures.get(name) for name in ("fine_print_estimate", "fine_print_estimate_high")]
    shown = sorted({percent(each.value) for each in bounds if each is not None and each.value is not None})
    return f"about {' to '.join(shown)}" if shown else "not measured"
