"""Word comments and tracked insertions as elements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

from trustaudit.annotate.docx.package import Parts
from trustaudit.errors import UnreadableError

AUTHOR = "trustaudit"
_INITIALS = "ta"
_KIND = "comments"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNWANTED = ("vanish", "webHidden", "specVanish", "ins", "del", "moveFrom", "moveTo", "rPrChange", "caps",
             "strike", "dstrike", "rStyle")  # fmt: skip


class Comments:
    """The comments part: those that are in it stay as they are, ours follow."""

    def __init__(self, parts: Parts, word: str, ids: Iterable[str]) -> None:
        """``ids`` are those that the main part refers to. Raises ``UnreadableError`` for a broken part."""
        self._parts, self._word = parts, word
        self._root: Element = (
            parts.tree(parts.comments)
            if parts.comments
            else etree.Element(f"{word}comments", nsmap={"w": word.strip("{}")})
        )
        if self._root.tag != f"{word}comments":
            raise UnreadableError(f"{parts.comments}: this is no part of comments")
        used = [*ids, *(node.get(f"{word}id") or "" for node in self._root)]
        self._next = max((int(each) for each in used if each.isascii() and each.isdecimal()), default=-1) + 1

    def add(self, lines: Sequence[tuple[str, str]]) -> str:
        """One comment, a paragraph for each label and its words; the new id."""
        name, self._next = str(self._next), self._next + 1
        comment = etree.SubElement(self._root, f"{self._word}comment")
        for key, value in (("id", name), ("author", AUTHOR), ("initials", _INITIALS)):
            comment.set(self._word + key, value)
        for number, (label, words) in enumerate(lines):
            paragraph = etree.SubElement(comment, f"{self._word}p")
            if number == 0:
                etree.SubElement(etree.SubElement(paragraph, f"{self._word}r"), f"{self._word}annotationRef")
            if label:
                self._run(paragraph, label, strong=True)
            self._run(paragraph, words, strong=False)
        return name

    def save(self) -> None:
        """Put the part into the copy, with the relation that leads to it."""
        if self._parts.comments:
            self._parts.put(self._parts.comments, self._root)
            return
        folder = self._parts.main.rpartition("/")[0]
        name = self._free(f"{folder}/comments" if folder else "comments")
        strict = "purl.oclc.org" in self._word
        self._parts.add(name, self._root, _KIND, _CONTENT_TYPE, strict=strict)

    def _free(self, stem: str) -> str:
        taken = {name.lower() for name in self._parts.names}
        names = [f"{stem}.xml", *(f"{stem}{number}.xml" for number in range(1, 100))]
        return next(name for name in names if name.lower() not in taken)

    def _run(self, paragraph: Element, words: str, *, strong: bool) -> None:
        run = etree.SubElement(paragraph, f"{self._word}r")
        if strong:
            etree.SubElement(etree.SubElement(run, f"{self._word}rPr"), f"{self._word}b")
        for number, line in enumerate(words.split("\n")):
            if number:
                etree.SubElement(run, f"{self._word}br")
            text = etree.SubElement(run, f"{self._word}t")
            text.text = line
            text.set(_SPACE, "preserve")


def begin(word: str, name: str) -> Element:
    return _marker(word, "commentRangeStart", name)


def finish(word: str, name: str) -> Element:
    return _marker(word, "commentRangeEnd", name)


def reference(word: str, name: str) -> Element:
    """The run that shows the comment."""
    run = etree.Element(f"{word}r", nsmap={"w": word.strip("{}")})
    run.append(_marker(word, "commentReference", name))
    return run


def insertion(word: str, number: int, words: str, like: Element | None) -> Element:
    """A tracked insertion set like a run, without what hides, strikes or tracks that run."""
    made = _marker(word, "ins", str(number))
    made.set(f"{word}author", AUTHOR)
    run = etree.SubElement(made, f"{word}r")
    properties = None if like is None else like.find(f"{word}rPr")
    if properties is not None:
        kept = deepcopy(properties)
        for name in _UNWANTED:
            for node in kept.findall(word + name):
                kept.remove(node)
        run.append(kept)
    text = etree.SubElement(run, f"{word}t")
    text.text = words
    text.set(_SPACE, "preserve")
    return made


def _marker(word: str, name: str, number: str) -> Element:
    made = etree.Element(word + name, nsmap={"w": word.strip("{}")})
    made.set(f"{word}id", number)
    return made
