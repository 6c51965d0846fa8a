"""From an element and the style sheets to its look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trustaudit.parsing.markup import sheets, values
from trustaudit.parsing.markup.look import Look, computed

_words = str.split

_HEADINGS = {"h1": "2em", "h2": "1.5em", "h3": "1.17em", "h4": "1em", "h5": "0.83em", "h6": "0.67em"}
_BOLD = {"font-weight": "bold"}
_ITALIC = {"font-style": "italic"}
_SMALLER = {"font-size": "smaller"}
_MONO = {"font-size": "0.8125em"}  # 13 of 16 pixels, the default of the generic monospace font

BROWSER: dict[str, dict[str, str]] = {
    **{tag: {"font-size": size, **_BOLD} for tag, size in _HEADINGS.items()},
    **dict.fromkeys(("b", "strong", "th"), _BOLD),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var", "address"), _ITALIC),
    **dict.fromkeys(("small", "sub", "sup"), _SMALLER),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), _MONO),
    "pre": {**_MONO, "white-space": "pre"},
    "textarea": {**_MONO, "white-space": "pre-wrap"},
    "listing": {**_MONO, "white-space": "pre"},
    "big": {"font-size": "larger"},
    "a": {"color": "#0000ee"},
    "button": {"font-size": "13.333px", "color": "#000", "background-color": "#efefef"},
    "mark": {"background-color": "yellow", "color": "#000"},
    **{tag: {"display": "none"} for tag in ("template", "datalist", "noframes", "noscript", "mj-head")},
}
"""What browsers do before any style sheet (WHATWG HTML, 15.3), as far as it can be seen in a text."""

_MJML = {
    "mj-text": {"font-size": "13px", "line-height": "1", "color": "#000000"},
    "mj-button": {"font-size": "13px", "color": "#ffffff", "background-color": "#414141"},
    "mj-table": {"font-size": "13px", "line-height": "22px", "color": "#000000"},
}
_MJML_ATTRIBUTES = ("color", "font-size", "line-height", "font-weight", "font-style", "text-transform")
_PRESENTED = frozenset(_words("bgcolor background color size text hidden nowrap"))


_OWNS: dict[tuple[object, ...], tuple[dict[str, str], object]] = {}
_LOOKS: dict[tuple[int, int], tuple[Look, object]] = {}
_MOST = 20_000
"""What was worked out for the last documents: the templates of one project share most of it. The second of
each value keeps alive what the ids in its key name."""

ROOT = Look()


class Cascade:
    """The style sheets of one document."""

    def __init__(self, found: list[tuple[str, str]], quirks: bool) -> None:
        self._sheets = [sheets.sheet(css) for media, css in found if sheets.applies(media)]
        self._quirks = quirks
        if len(_OWNS) > _MOST or len(_LOOKS) > _MOST:
            _OWNS.clear()
            _LOOKS.clear()

    def own(self, element: Any, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
        """The declarations that win for an element, without what it inherits; not to be changed."""
        rules: list[tuple[int, sheets.Rule]] = []
        for number, sheet in enumerate(self._sheets):
            matching = sheet.matching(element, tag, attributes.get("class"), attributes.get("id"))
            rules += [(number, rule) for rule in matching]
        key = (tag, self._quirks, *attributes.items(), *[id(rule) for _, rule in rules])
        found = _OWNS.get(key)
        if found is None:
            found = _OWNS[key] = (self._worked_out(rules, tag, attributes), rules)
        return found[0]

    def _worked_out(
        self, rules: list[tuple[int, sheets.Rule]], tag: str, attributes: Mapping[str, str]
    ) -> dict[str, str]:
        own = dict(BROWSER.get(tag, ()))
        if self._quirks and tag == "table":
            own.update({"font-size": "16px", "font-weight": "normal", "font-style": "normal"})
        if tag.startswith("mj-"):
            own.update(_mjml(tag, attributes))
        if not _PRESENTED.isdisjoint(attributes):
            _present(tag, attributes, own)
        if tag == "a" and "href" not in attributes:
            own.pop("color", None)
        declared = _declared(rules, attributes.get("style"))
        if any(name == "color" for name, _, _ in declared):
            own.pop("legacy", None)
        own.update((name, value) for name, value, important in declared if not important)
        own.update((name, value) for name, value, important in declared if important)
        return own

    def look(self, parent: Look, own: dict[str, str]) -> Look:
        """The look in this parent; the same object for the same question."""
        if not own:
            return parent
        key = (id(parent), id(own))
        found = _LOOKS.get(key)
        if found is None:
            found = _LOOKS[key] = (computed(parent, own), (parent, own))
        return found[0]


def _declared(rules: list[tuple[int, sheets.Rule]], style: str | None) -> list[tuple[str, str, bool]]:
    """Declarations by specificity and order, those of the style attribute last."""
    ordered = sorted(rules, key=lambda rule: (rule[1].specificity, rule[0], rule[1].order))
    declared = [declaration for _, rule in ordered for declaration in rule.declarations]
    return declared + list(sheets.inline(style)) if style else declared


def _present(tag: str, attributes: Mapping[str, str], own: dict[str, str]) -> None:
    """Presentational attributes: style rules of the lowest rank (WHATWG HTML, 15.3)."""
    if "bgcolor" in attributes:
        own["background-color"] = attributes["bgcolor"].lower()
    if attributes.get("background"):
        own["background-image"] = "url()"
    if tag == "font":
        if "color" in attributes:
            own["color"], own["legacy"] = attributes["color"].lower(), "1"
        size = _font_size(attributes.get("size", ""))
        if size:
            own["font-size"] = size
    if tag == "body" and "text" in attributes:
        own["color"], own["legacy"] = attributes["text"].lower(), "1"
    if "hidden" in attributes:
        own["display"] = "none"
    if "nowrap" in attributes:
        own["white-space"] = "nowrap"


def _font_size(value: str) -> str:
    """``<font size>``: 1 to 7, or a step up or down from 3."""
    text = value.strip()
    sign = text[:1] if text[:1] in {"+", "-"} else ""
    digits = text.lstrip("+-")
    if not digits.isdigit():
        return "" if not digits or "\ue005" not in digits else digits
    number = int(digits[:3])
    step = 3 + number if sign == "+" else 3 - number if sign == "-" else number
    return f"{values.FONT_SIZES[min(max(step, 1), 7) - 1]}px"


def _mjml(tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """MJML sets in attributes what HTML sets in styles."""
    own = dict(_MJML.get(tag, ()))
    own.update({name: attributes[name].lower() for name in _MJML_ATTRIBUTES if name in attributes})
    if "background-color" in attributes:
        own["background-color"] = attributes["background-color"].lower()
    if tag == "mj-preview":
        own["display"] = "none"
    return own
