"""DOCX: Word comments at the exact runs, and rewrites as tracked insertions behind their sentence."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from lxml.etree import _Element as Element

from trustaudit.annotate.docx import comments
from trustaudit.annotate.docx.anchors import Anchor, Anchors
from trustaudit.annotate.docx.canvas import Canvas, Edge
from trustaudit.annotate.docx.comments import Comments
from trustaudit.annotate.docx.package import Parts
from trustaudit.annotate.notes import leftovers
from trustaudit.annotate.values import Copy, Note, Order
from trustaudit.document import Document, Span
from trustaudit.language.sentences import sentences
from trustaudit.parsing.docx import traced
from trustaudit.parsing.limits import Limits

_SIGNED = "the document is signed: a copy with comments does not carry the signature's promise"


@dataclass(frozen=True, slots=True)
class _Set:
    """A note with its place, and the end of the sentence behind which its rewrite goes."""

    note: Note
    anchor: Anchor
    behind: Edge | None


def mark(data: bytes, order: Order) -> Copy:
    """The marked copy. Raises ``UnreadableError`` where the file cannot be read or changed safely."""
    limits = Limits()
    _, origins = traced(data, limits)
    parts = Parts(data, limits)
    canvas = Canvas(parts.tree(parts.main))
    anchors = Anchors(parts, canvas, origins)
    whole = tuple(note for note in order.notes if note.start == note.end)
    placed: list[_Set] = []
    unplaced: list[tuple[Note, str]] = []
    ends = _Sentences(order.document)
    for note in order.notes:
        anchor = anchors.find(note.span) if note.start < note.end else ""
        if isinstance(anchor, Anchor):
            wanted = order.suggest and note.rewrite and not anchor.where
            placed.append(
                _Set(note, anchor, anchors.end_of(ends.round(note.span), anchor) if wanted else None)
            )
        elif anchor:
            unplaced.append((note, anchor))
    suggested = _write(parts, canvas, placed, _summary(order, whole, unplaced))
    signed = any(name.lower().startswith("_xmlsignatures/") for name in parts.names)
    return Copy(
        parts.write(),
        tuple(each.note for each in placed),
        tuple(unplaced),
        whole,
        suggested,
        (_SIGNED,) if signed else (),
    )


def _summary(
    order: Order, whole: tuple[Note, ...], unplaced: list[tuple[Note, str]]
) -> list[tuple[str, str]]:
    return [("", line) for line in (*order.head, *leftovers(whole, unplaced))]


class _Sentences:
    """The sentences of a document, by place."""

    def __init__(self, document: Document) -> None:
        self._spans = [sentence.span for sentence in sentences(document)]
        self._starts = [span.start for span in self._spans]

    def round(self, span: Span) -> Span:
        """From a passage's beginning to the end of the sentence in which it ends."""
        at = bisect_right(self._starts, span.end - 1) - 1
        end = self._spans[at].end if at >= 0 else span.end
        return Span(span.start, max(end, span.end))


def _write(parts: Parts, canvas: Canvas, placed: list[_Set], summary: list[tuple[str, str]]) -> int:
    """Set everything into the tree and put the parts; how many rewrites were inserted."""
    word = canvas.word
    references = [node.get(f"{word}id") or "" for node in canvas.root.iter(f"{word}commentReference")]
    notes = Comments(parts, word, references)
    canvas.cut(edge for each in placed for edge in _edges(each))
    _set_summary(canvas, notes.add(summary))
    for each in placed:
        _set(canvas, each.anchor, notes.add(_lines(each)))
    suggested = _suggest(canvas, placed)
    parts.put(parts.main, canvas.root)
    notes.save()
    return suggested


def _edges(each: _Set) -> list[Edge]:
    return [each.anchor.start, each.anchor.end, *([each.behind] if each.behind else [])]


def _lines(each: _Set) -> list[tuple[str, str]]:
    where = (
        [("", f"{each.anchor.where[0].upper()}{each.anchor.where[1:]}: “{each.note.quote}”")]
        if (each.anchor.where)
        else []
    )
    said = [(f"{label}: ", words) for label, words in each.note.lines]
    return [(each.note.title, ""), *where, *said]


def _set(canvas: Canvas, anchor: Anchor, name: str) -> None:
    """A comment round a range; the run that shows it stands in the paragraph itself, in no insertion."""
    word, last = canvas.word, canvas.at(anchor.end)
    canvas.before(canvas.at(anchor.start), comments.begin(word, name))
    canvas.behind(last, comments.finish(word, name))
    canvas.behind(canvas.top(last), comments.reference(word, name))


def _set_summary(canvas: Canvas, name: str) -> None:
    """A comment at the first paragraph of the text, which is made where there is none."""
    word = canvas.word
    paragraph = next((each for each in canvas.root.iter(f"{word}p") if _plain(each, word)), None)
    if paragraph is None:
        body = canvas.root.find(f"{word}body")
        paragraph = canvas.root.makeelement(f"{word}p")
        (canvas.root if body is None else body).insert(0, paragraph)
    properties = paragraph.find(f"{word}pPr")
    at = 0 if properties is None else paragraph.index(properties) + 1
    marks = (comments.begin(word, name), comments.finish(word, name), comments.reference(word, name))
    for offset, mark in enumerate(marks):
        paragraph.insert(at + offset, mark)


def _plain(paragraph: Element, word: str) -> bool:
    """In the text itself, not in a box, and not deleted."""
    return not any(
        above.tag in (f"{word}txbxContent", f"{word}del", f"{word}moveFrom")
        for above in paragraph.iterancestors()
    )


def _suggest(canvas: Canvas, placed: list[_Set]) -> int:
    """Rewrites behind their sentences, each wording once at one place."""
    word = canvas.word
    number = _free_number(canvas)
    done: set[tuple[Element, str]] = set()
    for each in placed:
        if each.behind is None:
            continue
        unit = canvas.at(each.behind)
        top = canvas.top(unit)
        if (top, each.note.rewrite) in done:
            continue
        done.add((top, each.note.rewrite))
        like = unit if unit.tag == f"{word}r" else None
        words = f" [{each.note.rewrite}]"
        canvas.behind(top, comments.insertion(word, number + len(done), words, like))
    return len(done)


def _free_number(canvas: Canvas) -> int:
    names = (node.get(f"{canvas.word}id") or "" for node in canvas.root.iter("*"))
    return max((int(name) for name in names if name.isascii() and name.isdecimal()), default=0)
