"""Style sheets: which declarations hold for an element, by specificity and order (CSS Cascade 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import cssselect2
import tinycss2

_words = str.split

Declarations = tuple[tuple[str, str, bool], ...]
"""Property, value in lower case (custom properties as written), whether it is important."""

KNOWN = frozenset(
    _words(
        "font font-size font-weight font-style font-variant line-height color background "
        "background-color background-image display visibility opacity position left top right bottom "
        "text-indent text-transform white-space height max-height width overflow overflow-y clip "
        "clip-path margin-left padding padding-top padding-left transform all"
    )
)
"""Properties that decide what a text looks like; the others are dropped when a sheet is read."""

VIEWPORT = 1024.0
"""Width in CSS pixels of the window that media queries are answered for: a desktop's."""


class Rule:
    """One selector with its declarations, both read when first asked for: most never are."""

    __slots__ = ("_content", "_read", "_tests", "order", "selector")

    def __init__(self, selector: str, content: Any, order: int) -> None:
        self.selector = selector
        self.order = order
        self._content = content
        self._read: Declarations | None = None
        self._tests: tuple[Any, ...] | None = None

    def holds(self, element: Any) -> bool:
        """Whether the selector matches an element."""
        if self._tests is None:
            self._tests = tuple(one.test for one in _compiled(self.selector))
        for test in self._tests:  # noqa: SIM110  a loop, because this is asked most often of all
            if test(element):
                return True
        return False

    @property
    def specificity(self) -> tuple[int, int, int]:
        specificity: tuple[int, int, int] = max(one.specificity for one in _compiled(self.selector))
        return specificity

    @property
    def declarations(self) -> Declarations:
        if self._read is None:
            self._read = _declarations(tinycss2.parse_blocks_contents(self._content))
            self._content = None
        return self._read


_LAST = re.compile(r"[^\s>+~]+$")
_PART = re.compile(r"([.#]?)(-?[A-Za-z_][\w-]*|\*)")


@dataclass
class Sheet:
    """The rules of one style sheet, indexed by what their last part must be."""

    by_id: dict[str, list[Rule]] = field(default_factory=dict)
    by_class: dict[str, list[Rule]] = field(default_factory=dict)
    by_tag: dict[str, list[Rule]] = field(default_factory=dict)
    others: list[Rule] = field(default_factory=list)
    size: int = 0

    def matching(self, element: Any, tag: str, classes: str | None, ident: str | None) -> list[Rule]:
        """The rules that hold for an element, in no order."""
        candidates = list(self.others)
        if ident is not None and ident in self.by_id:
            candidates += self.by_id[ident]
        if classes is not None:
            for name in sorted(set(classes.split())):
                candidates += self.by_class.get(name, ())
        candidates += self.by_tag.get(tag, ())
        return [rule for rule in candidates if rule.holds(element)]

    def add(self, selector: str, content: Any) -> None:
        """File a rule under the most telling of its last part: id, class, tag."""
        self.size += 1
        rule = Rule(selector, content, self.size)
        last = _LAST.search(selector)
        parts = _PART.findall(last.group()) if last and not re.search(r"[:\[\]()\\\"']", selector) else []
        named = dict(reversed(parts))
        if "#" in named:
            self.by_id.setdefault(named["#"], []).append(rule)
        elif "." in named:
            self.by_class.setdefault(named["."], []).append(rule)
        elif named.get("", "*") != "*":
            self.by_tag.setdefault(named[""].lower(), []).append(rule)
        elif parts or not _is_dead(selector):
            self.others.append(rule)


_DEAD = re.compile(r":(?:hover|visited|active|focus|before|after|:|-)")


def _is_dead(selector: str) -> bool:
    """States and parts that no printed page shows, known without compiling."""
    return bool(_DEAD.search(selector)) and "," not in selector


@lru_cache(maxsize=256)
def sheet(css: str) -> Sheet:
    """Read a style sheet; templates of one project share theirs, so the last are kept."""
    made = Sheet()
    for prelude, content in _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
        plain = not re.search(r"[\[\](]", prelude)
        for selector in prelude.split(",") if plain else (prelude,):
            made.add(selector.strip(), content)
    return made


def _rules(nodes: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """The style rules of a sheet, those in media blocks that hold for a screen too."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield tinycss2.serialize(node.prelude).strip(), node.content
        elif node.type == "at-rule" and node.content is not None:
            name = node.lower_at_keyword
            if _counts(name, tinycss2.serialize(node.prelude)):
                yield from _rules(
                    tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                )


@lru_cache(maxsize=4096)
def _compiled(prelude: str) -> tuple[Any, ...]:
    """The selectors of a rule that can match; a rule with an unknown one counts for nothing."""
    if "\ue003" in prelude or "\ue005" in prelude:
        return ()
    try:
        compiled = cssselect2.compile_selector_list(prelude)
    except (cssselect2.SelectorError, NotImplementedError):
        return ()
    return tuple(one for one in compiled if one.pseudo_element is None and not one.never_matches)


_WIDTH = re.compile(r"(min|max)-(?:device-)?width\s*:\s*([\d.]+)(px|em|rem)?")
_NOT_US = re.compile(
    r"\b(?:print|speech|handheld|tv|projection|aural|braille|prefers-color-scheme\s*:\s*dark"
    r"|prefers-reduced-motion|orientation\s*:\s*portrait|device-pixel-ratio|min-resolution|pointer\s*:\s*coarse"
    r"|amzn-kf8|forced-colors|-ms-high-contrast|yahoo)\b"
)


@lru_cache(maxsize=1024)
def _counts(name: str, prelude: str) -> bool:
    """Whether the rules in a block count: what a sheet asks a browser to support, one of today does."""
    if name == "supports":
        return not prelude.strip().lower().startswith("not")
    return name == "layer" or (name == "media" and applies(prelude))


def applies(query: str) -> bool:
    """Whether a media query holds for a desktop screen in its usual colours."""
    return any(_holds(part.strip().lower()) for part in query.split(",")) if query.strip() else True


def _holds(part: str) -> bool:
    negated = part.startswith("not ")
    fits = not _NOT_US.search(part)
    for bound, number, unit in _WIDTH.findall(part):
        width = float(number) * (16 if unit in {"em", "rem"} else 1)
        fits = fits and (width <= VIEWPORT if bound == "min" else width >= VIEWPORT)
    return fits != negated


@lru_cache(maxsize=8192)
def inline(style: str) -> Declarations:
    """The declarations of a ``style`` attribute."""
    return _declarations(tinycss2.parse_blocks_contents(style))


def _declarations(nodes: Iterable[Any]) -> Declarations:
    found: list[tuple[str, str, bool]] = []
    for node in nodes:
        if node.type != "declaration":
            continue
        name = node.lower_name
        if node.name.startswith("--"):
            found.append((node.name, tinycss2.serialize(node.value).strip(), node.important))
        elif name in KNOWN:
            value = tinycss2.serialize(node.value).strip().lower()
            found += ((part, what, node.important) for part, what in _longhands(name, value))
    return tuple(found)


_FONT = re.compile(
    r"(?P<before>(?:(?:normal|italic|oblique|bold|bolder|lighter|\d00|small-caps|condensed)\s+)*)"
    r"(?P<size>[\d.]+(?:[a-z]+|%)|calc\([^)]*\)|var\([^)]*\)|(?:xx?-)?(?:small|large)|medium|smaller|larger)"
    r"(?:\s*/\s*(?P<line>[\d.]+(?:[a-z]+|%)?|normal))?\s"
)


def _longhands(name: str, value: str) -> Iterator[tuple[str, str]]:
    """The shorthands ``font``, ``background`` and ``padding`` as the properties that they set."""
    if name == "font":
        found = _FONT.match(value + " ")
        if not found:
            return
        before = found["before"].split()
        weights = [word for word in before if word[0].isdigit() or word.startswith(("bold", "light"))]
        yield "font-size", found["size"]
        yield "line-height", found["line"] or "normal"
        yield "font-weight", weights[0] if weights else "normal"
        yield "font-style", "italic" if "italic" in before or "oblique" in before else "normal"
    elif name == "background":
        yield "background-image", value if re.search(r"url\(|gradient\(|image", value) else "none"
        yield "background-color", _background_color(value)
    else:
        yield name, value


_IMAGES = re.compile(r"(?:url|[a-z-]*gradient|image-set)\((?:[^()]|\([^()]*\))*\)")
_PLACING = frozenset(
    _words(
        "repeat repeat-x repeat-y no-repeat scroll fixed local center top bottom left right cover "
        "contain auto none / border-box padding-box content-box"
    )
)


def _background_color(value: str) -> str:
    """The colour among the parts of a ``background``."""
    bare = _IMAGES.sub(" ", value.rpartition(",")[2] if "url(" in value and ")," in value else value)
    words = re.findall(r"[^\s(]+\([^)]*\)|\S+", bare)
    colors = [word for word in words if word not in _PLACING and not re.match(r"-?[\d.]", word)]
    return colors[-1] if colors else "transparent"
