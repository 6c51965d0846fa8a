"""Writes the pages of ``docs/rules`` from the rule files: ``python docs/generate_rules.py``.

With ``--check`` nothing is written, and the exit status is 1 where a page is not current.
"""  # noqa: INP001 -- a build script, not a package

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from trustaudit.audit import Audience, Effect, Kind, Reference, Severity, Side
from trustaudit.ruleset import Rule, Ruleset, load_rules
from trustaudit.ruleset.fix import FixExample
from trustaudit.ruleset.rule import Example

PAGES = Path(__file__).resolve().parent / "rules"
NOTICE = (
    "<!-- Generated from the files in rules/ by `python docs/generate_rules.py`: edit those, not this. -->"
)

_KINDS = {Kind.CONTRACT: "contracts", Kind.TERM_SHEET: "term sheets", Kind.MESSAGE: "messages"}
_EFFECTS = {
    Effect.WITHDRAWAL: "a withdrawal from trust",
    Effect.DEPOSIT: "a deposit into trust",
    Effect.NOTE: "a note",
}
_FAVOURS = {
    Side.COMPANY: ", in the company's favour",
    Side.CUSTOMER: ", in the customer's favour",
    Side.BOTH: "",
    Side.NEITHER: ", in nobody's favour",
    Side.UNKNOWN: "",
}
_LOOKS = {
    "Phrases": "wordings",
    "Tokens": "patterns of words",
    "Metric": "a measure of the whole document",
    "Order": "what comes first",
    "Frame": "words that stand together",
    "Weighted": "words that add up",
    "NormFind": "who must or may do what",
    "Reciprocal": "something asked and not given in return",
    "Required": "a protection that is missing",
    "Conflict": "passages that disagree",
    "Fact": "what the message shows as a whole",
    "HiddenText": "words that nobody can see",
    "TakesBack": "a claim and what takes it back",
}


def pages(ruleset: Ruleset) -> dict[str, str]:
    """The text of every page by its file name, from the rules alone."""
    families = {family: list(rules) for family, rules in groupby(ruleset.rules, _family)}
    written = {_file(family): _page(family, rules) for family, rules in families.items()}
    return {"README.md": _index(ruleset, families), **written, "vocabulary.md": _vocabulary(ruleset)}


def _family(rule: Rule) -> str:
    return rule.id.rpartition("/")[0]


def _file(family: str) -> str:
    return f"{family.replace('/', '--')}.md"


def _heading(family: str) -> str:
    return family.replace("-", " ").replace("/", ": ").capitalize()


def _index(ruleset: Ruleset, families: Mapping[str, list[Rule]]) -> str:
    effects = Counter(rule.effect for rule in ruleset.rules)
    counts = (
        f"{len(ruleset.rules)} rules: {effects[Effect.WITHDRAWAL]} find what costs trust, "
        f"{effects[Effect.DEPOSIT]} what earns it, {effects[Effect.NOTE]} take note of something."
    )
    lines = [NOTICE, "", "# The rules", "", counts, ""]
    lines += ["How to write one: [writing rules](../writing-rules.md)."]
    lines += ["The lists of words they share: [vocabulary](vocabulary.md)."]
    for family, rules in families.items():
        lines += ["", f"## [{_heading(family)}]({_file(family)}) ({len(rules)})", ""]
        lines += ["| rule | what | consumer | business |", "|---|---|---|---|"]
        lines += [_row(rule) for rule in rules]
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> str:
    effect = "" if rule.effect is Effect.WITHDRAWAL else f" ({rule.effect.value})"
    link = f"[{_name(rule)}]({_file(_family(rule))}#{_name(rule)})"
    severities = " | ".join(rule.severity[audience].value for audience in Audience)
    return f"| {link} | {plain(rule.title)}{effect} | {severities} |"


def _name(rule: Rule) -> str:
    return rule.id.rpartition("/")[2]


def _page(family: str, rules: list[Rule]) -> str:
    sections = [section(rule) for rule in rules]
    return "\n".join([NOTICE, "", f"# {_heading(family)}", "", *sections]).rstrip() + "\n"


def section(rule: Rule) -> str:
    """One rule: what it finds, why it matters, what to write instead, and where it is from."""
    lines = [f'## <a id="{_name(rule)}"></a>{plain(rule.title)}', "", f"`{rule.id}`: {_facts(rule)}", ""]
    lines += [plain(rule.why), ""]
    if rule.fix:
        lines += [f"`--fix` makes it so: {'; '.join(map(_result, rule.fix.results))}.", ""]
    if rule.severity_reason:
        lines += [f"*Why this severity:* {plain(rule.severity_reason)}", ""]
    if rule.advice:
        lines += [f"*What to do:* {plain(rule.advice)}", ""]
    if rule.rewrite:
        lines += ["*Better:*", "", f"> {plain(rule.rewrite)}", ""]
    lines += ["Found, in bold:", "", *(f"- {_example(example)}" for example in rule.examples.flagged), ""]
    lines += ["Not found:", "", *(f"- {_example(example)}" for example in rule.examples.clean), ""]
    if rule.references:
        lines += ["Sources:", "", *(f"- {_source(rule, reference)}" for reference in rule.references), ""]
    if rule.labels:
        labels = ", ".join(f"{plain(scheme)}: `{label}`" for scheme, label in sorted(rule.labels.items()))
        lines += [f"Elsewhere known as {labels}.", ""]
    return "\n".join(lines)


def _result(result: FixExample) -> str:
    return f"“{plain(result.before)}” becomes “{plain(result.after)}”"


def _facts(rule: Rule) -> str:
    severities = [f"{rule.severity[audience].value} for {audience.value}s" for audience in Audience]
    severity = _severity(rule.severity) or " and ".join(severities).replace("businesss", "businesses")
    looks = " or ".join(dict.fromkeys(_LOOKS[type(find).__name__] for find in rule.find))
    kinds = " and ".join(_KINDS[kind] for kind in Kind if kind in rule.applies_to)
    off = "" if rule.enabled else " Switched off."
    return (
        f"{_EFFECTS[rule.effect]}{_FAVOURS[rule.favours]}; {severity}; confidence {rule.confidence.value}. "
        f"Looks in {kinds} for {looks}.{off}"
    )


def _severity(severities: Mapping[Audience, Severity]) -> str:
    """The one severity for all audiences, or empty."""
    words = set(severities.values())
    return words.pop().value if len(words) == 1 else ""


def _source(rule: Rule, reference: Reference) -> str:
    name = f"[{plain(reference.name)}]({reference.url})" if reference.url else plain(reference.name)
    listed = "Listed as unfair in" if rule.effect is Effect.WITHDRAWAL else "See"
    checked = f"looked up on {reference.checked_on}" if reference.checked_on else "not looked up yet"
    return f"{listed} {name} ({checked})."


def _example(example: Example) -> str:
    parts: list[str] = []
    at = 0
    for start, end in example.marks:
        parts += [plain(example.text[at:start]), f"**{plain(example.text[start:end]).strip()}**"]
        at = end
    text = "".join([*parts, plain(example.text[at:])])
    known = [f"company: {', '.join(example.company)}"] if example.company else []
    known += [f"customer: {', '.join(example.customer)}"] if example.customer else []
    known += [example.kind.value] if example.kind else []
    known += [example.format] if example.format != "text" else []
    return f"{text} *({plain('; '.join(known))})*" if known else text


def plain(text: str) -> str:
    """Text on one line that Markdown takes as it is."""
    escaped = re.sub(r"([\\`*_\[\]<>|#~$&])", r"\\\1", " ".join(text.split(" ")))
    return re.sub(r"\s*\n\s*", " ⏎ ", escaped)


def _vocabulary(ruleset: Ruleset) -> str:
    lines = [NOTICE, "", "# Vocabulary", "", "Lists that a rule can refer to as `<name>`.", ""]
    for name, phrases in ruleset.vocabulary.items():
        lines += [f'## <a id="{name}"></a>{name}', "", *(f"- `{phrase}`" for phrase in phrases), ""]
    return "\n".join(lines).rstrip() + "\n"


def stale(wanted: Mapping[str, str], folder: Path) -> list[str]:
    """Names of pages that are missing, differ, or should not be there any more."""
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    left = {name for name, text in there.items() if name not in wanted and text.startswith(NOTICE)}
    return sorted(left | {name for name, text in wanted.items() if there.get(name) != text})


def main(arguments: list[str]) -> int:
    """Write the pages, or check them; the names of those that changed go to standard output."""
    wanted = pages(load_rules())
    names = stale(wanted, PAGES)
    sys.stdout.writelines(f"docs/rules/{name}\n" for name in names)
    if "--check" in arguments:
        return 1 if names else 0
    PAGES.mkdir(exist_ok=True)
    for name in names:
        if name in wanted:
            (PAGES / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (PAGES / name).unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
