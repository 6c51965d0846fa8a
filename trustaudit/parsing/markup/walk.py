"""Through the tree of an HTML document, in the order of reading, into a builder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cssselect2 import ElementWrapper
from lxml import etree

from trustaudit.document import BlockKind, Hidden
from trustaudit.errors import LimitError
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.markup import kinds
from trustaudit.parsing.markup.cascade import ROOT, Cascade
from trustaudit.parsing.markup.flow import Flow, plain
from trustaudit.parsing.markup.look import Look
from trustaudit.parsing.markup.tokens import MARKER, Skeleton, restored

_QUIRKS = re.compile(
    r"<!doctype\s+html(?:\s*>|\s+system|\s+public\s+[\"'][^\"']*(?:xhtml|html 4\.01)[^\"']*[\"']\s+[\"'])",
    re.IGNORECASE,
)
_BLANK = re.compile(r"(?:\s|&nbsp;|&#160;|&zwnj;|&#8203;|[\u200b\u200c\ufeff])*")
_CHECK_EVERY = 2000  # elements between two looks at the clock
_UNSEEN_PREVIEW = Look(size=None, root=None, color=None, background=None)


@dataclass(slots=True)
class Frame:
    """What an open element hands on to what is in it."""

    wrapper: Any
    look: Look
    kind: BlockKind
    level: int
    link: str = ""
    aside: bool = False
    is_block: bool = False
    data: bool = False  # in a table of data
    lists: int = 0
    children: int = 0
    last: Any = None  # the wrapper of the last child
    closed: Look | None = None  # of a closed <details>: the look of its summary, which is shown
    own_block: bool = False  # an inline element that got a block of its own


class Walk:
    """One pass over a tree. ``placed`` counts the texts that were met; the tree builder lost the rest."""

    def __init__(self, flow: Flow, cut: Skeleton, limits: Limits, mail: bool) -> None:
        self._flow = flow
        self._cut = cut
        self._limits = limits
        self._mail = mail
        self._source = flow.template.source
        self._cascade = Cascade(cut.styles, self._is_quirky())
        self._stack: list[Frame] = []
        self._seen = False  # visible text so far
        self.placed = 0

    def _is_quirky(self) -> bool:
        """Whole pages without a doctype; a fragment gets its doctype from what it is put into."""
        head = self._cut.html[:4000].lower()
        whole = "<html" in head or "<body" in head
        return whole and not _QUIRKS.search(self._source[:4000])

    def run(self, root: Any) -> None:
        """Walk the whole tree."""
        base = Frame(None, ROOT, BlockKind.PARAGRAPH, 0, is_block=True)
        self._stack.append(base)
        bearing = _text_bearing(root)
        steps = 0
        skipped: Any = None
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element not in bearing and element is not root:
                    skipped = element
                    walk.skip_subtree()
                    self._pass(element)
                    continue
                steps += 1
                if steps % _CHECK_EVERY == 0:
                    self._limits.check_time()
                self._open(element)
            elif element is skipped:
                skipped = None
                if element.tail:
                    self._lay(element.tail, self._stack[-1])
            else:
                self._close(element)
        self._flow.builder.close()

    def _pass(self, element: Any) -> None:
        """An element without text: it may part what is before and after it, and it is a sibling."""
        outer = self._stack[-1]
        tag = element.tag
        outer.last = _wrapped(element, outer, tag, _attributes(element))
        outer.children += 1
        if tag == "br" or next(element.iterdescendants("br"), None) is not None:
            self._flow.line_break()
        elif tag in kinds.BLOCKS:
            self._flow.block(outer.kind, outer.level, outer.aside)

    def _open(self, element: Any) -> None:
        outer = self._stack[-1]
        if len(self._stack) > self._limits.depth:
            raise LimitError(f"elements nested deeper than {self._limits.depth}")
        tag = element.tag
        attributes = _attributes(element)
        wrapper = _wrapped(element, outer, tag, attributes)
        outer.children += 1
        outer.last = wrapper
        own = self._cascade.own(wrapper, tag, attributes)
        shown = outer.closed if outer.closed is not None and tag == "summary" else outer.look
        look = self._cascade.look(shown, own)
        if tag == "html" and look.size != look.root:
            look = replace(look, root=look.size)
        frame = Frame(
            wrapper,
            look,
            outer.kind,
            outer.level,
            outer.link,
            outer.aside,
            data=outer.data,
            lists=outer.lists,
        )
        frame.aside = frame.aside or tag == "aside" or attributes.get("role") == "complementary"
        if tag == "details" and "open" not in attributes:
            frame.closed, frame.look = look, replace(look, hidden=look.hidden or Hidden.COLLAPSED)
        self._stack.append(frame)
        self._begin(element, tag, attributes, own, frame)
        if element.text:
            self._lay(element.text, frame)

    def _begin(
        self, element: Any, tag: str, attributes: Mapping[str, str], own: Mapping[str, str], frame: Frame
    ) -> None:
        """Blocks, line breaks, links and buttons that the element begins."""
        if tag == "table":
            frame.data = kinds.is_data_table(element, self.words)
        elif tag in {"ul", "ol", "menu", "dir"}:
            frame.lists += 1
        elif tag == "a" and attributes.get("href"):
            frame.link = restored(attributes["href"], self._source).strip()
        display = own.get("display", "")
        block = tag in kinds.BLOCKS if display not in kinds.BLOCK_DISPLAY else True
        frame.is_block = block and (display not in kinds.INLINE_DISPLAY or tag in {"td", "th", "tr", "li"})
        if frame.is_block:
            level = frame.lists if tag == "li" else frame.level
            frame.kind, frame.level = kinds.block_kind(tag, attributes, frame.kind, level, frame.data)
        self._distinguish(element, tag, attributes, own, frame)
        if frame.is_block or frame.own_block:
            self._flow.block(frame.kind, frame.level, frame.aside)

    def _distinguish(
        self, element: Any, tag: str, attributes: Mapping[str, str], own: Mapping[str, str], frame: Frame
    ) -> None:
        """Preview lines and buttons."""
        if frame.kind is BlockKind.PREHEADER or self._is_preview(element, attributes, frame.look):
            frame.kind, frame.level, frame.own_block = BlockKind.PREHEADER, 0, True
            frame.look = _UNSEEN_PREVIEW
            return
        if frame.look.hidden is not None and self._flow.fresh:
            frame.own_block = True
        if tag in {"a", "button", "mj-button"} and frame.kind is not BlockKind.BUTTON:
            alone = tag == "a" and kinds.stands_alone(element, self._has_text, self._is_inline)
            pressed = kinds.is_button(tag, attributes, own) and self._has_text(element)
            if pressed or (alone and bool(frame.link) and kinds.is_imperative(self.words(element))):
                frame.kind, frame.level, frame.own_block = BlockKind.BUTTON, 0, True

    def _is_preview(self, element: Any, attributes: Mapping[str, str], look: Look) -> bool:
        """Hidden, before anything that is seen, and named so or the first text of an e-mail."""
        if self._seen or look.reason is None:
            return False
        named = kinds.is_preview(attributes)
        if look.hidden is None:  # size, colour and visibility are often set back further in
            return named and not any(child.tag in kinds.BLOCKS for child in element)
        return named or (self._mail and not self._flow.written)

    def _close(self, element: Any) -> None:
        frame = self._stack.pop()
        outer = self._stack[-1]
        if frame.is_block or frame.own_block:
            self._flow.block(outer.kind, outer.level, outer.aside)
        if element.tail:
            self._lay(element.tail, outer)

    def _lay(self, text: str, frame: Frame) -> None:
        """The text nodes: markers lead to the source, the rest is white space."""
        look = frame.look
        if "\ue000" not in text:
            if not self._flow.fresh:
                self._flow.space(look.style)
            return
        for at, part in enumerate(MARKER.split(text)):
            if at % 2:
                self.placed += 1
                start, end = self._cut.texts[int(part)]
                self._flow.text(start, end, look.style, look.keeps_space, frame.link)
                shown = frame.kind is not BlockKind.PREHEADER and look.reason is None
                self._seen = self._seen or (shown and not _BLANK.fullmatch(self._source, start, end))
            elif part and not self._flow.fresh:
                self._flow.space(look.style)

    def words(self, element: Any) -> str:
        """The words in an element."""
        numbers = MARKER.findall("".join(element.itertext()))
        return " ".join(plain(self._flow.template, *self._cut.texts[int(n)]) for n in numbers).strip()

    def _has_text(self, element: Any) -> bool:
        return isinstance(element.tag, str) and any(MARKER.search(text) for text in element.itertext())

    @staticmethod
    def _is_inline(element: Any) -> bool:
        return element.tag not in kinds.BLOCKS


def _text_bearing(root: Any) -> dict[Any, None]:
    """The elements with text in them: of most e-mails less than half, and the others need no style."""
    bearing: dict[Any, None] = {}
    for element in root.iter():
        text, tail = element.text, element.tail
        if text and "\ue000" in text:
            _mark(element, bearing)
        if tail and "\ue000" in tail:
            _mark(element.getparent(), bearing)
    return bearing


def _mark(element: Any, bearing: dict[Any, None]) -> None:
    while element is not None and element not in bearing:
        bearing[element] = None
        element = element.getparent()


def _attributes(element: Any) -> dict[str, str]:
    """Name and value of each attribute; none where a name is so broken that the tree cannot tell it."""
    try:
        return dict(element.items())
    except ValueError:
        return {}


class _Element(ElementWrapper):  # type: ignore[misc]
    """An element as selectors see it; what is known already is not asked of the tree again."""

    def __init__(
        self,
        etree_element: Any,
        parent: Any,
        index: int,
        previous: Any,
        in_html_document: bool = True,
        content_language: str | None = None,
    ) -> None:
        self.etree_element = etree_element
        self.parent = parent
        self.index = index
        self.previous = previous
        self.in_html_document = in_html_document
        self.transport_content_language = content_language
        self._ancestors = self._previous_siblings = None

    @property
    def etree_siblings(self) -> list[Any]:
        """All children of the parent."""
        siblings: list[Any] = [self.etree_element] if self.parent is None else self.parent.etree_children
        return siblings


def _wrapped(element: Any, outer: Frame, tag: str, attributes: Mapping[str, str]) -> _Element:
    wrapper = _Element(element, outer.wrapper, outer.children, outer.last)
    classes = attributes.get("class")
    known = wrapper.__dict__
    known["local_name"], known["namespace_url"] = tag, ""
    known["id"], known["classes"] = attributes.get("id"), classes.split() if classes else ()
    return wrapper


def tree(cut: Skeleton) -> Any:
    """The tree of a skeleton, or None where nothing is in it."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = cut.html.encode("utf-8", "replace")
    return etree.fromstring(b"<!DOCTYPE html>" + data, parser) if data.strip() else None
