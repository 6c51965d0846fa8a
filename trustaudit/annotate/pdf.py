"""PDF: highlights at the exact words with the note in them, appended to the file: the rest stays as it is."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from trustaudit.annotate.notes import leftovers
from trustaudit.annotate.values import Copy, Note, Order
from trustaudit.audit import Effect, Severity
from trustaudit.errors import EncryptedError, UnreadableError
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf.forms import OURS
from trustaudit.parsing.pdf.quads import Stripe, corner, page_count, stripes

if TYPE_CHECKING:
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, TextStringObject

_AUTHOR = "trustaudit"
_PRINTED = 4  # annotation flag: shown on paper too
_COLORS = {
    Severity.CRITICAL: (1.0, 0.62, 0.60),
    Severity.MAJOR: (1.0, 0.76, 0.47),
    Severity.MINOR: (1.0, 0.93, 0.45),
    Severity.INFO: (0.78, 0.87, 1.0),
}
_GOOD = (0.70, 0.93, 0.70)
_SUMMARY = (12.0, 12.0, 32.0, 32.0)  # points from the upper left corner of the first page
_SIGNED = (
    "the PDF is signed: the copy adds to it behind the signature, and viewers will say that it was changed"
)


def mark(data: bytes, order: Order) -> Copy:
    """The marked copy: the source's bytes, and what is added behind them.

    Raises ``EncryptedError`` for a protected PDF, ``UnreadableError`` for one too damaged to add to.
    """
    limits = Limits()
    writer = _writer(data)
    whole = tuple(note for note in order.notes if note.start == note.end)
    notes = [note for note in order.notes if note.start < note.end]
    found = stripes(data, order.document, [note.span for note in notes], limits)
    placed: list[Note] = []
    unplaced: list[tuple[Note, str]] = []
    for note, pieces in zip(notes, found, strict=True):
        if pieces:
            _highlight(writer, note, pieces)
            placed.append(note)
        else:
            unplaced.append((note, "its words have no place on a page"))
    _summary(writer, data, "\n".join((*order.head, *leftovers(whole, unplaced))))
    out = io.BytesIO()
    writer.write(out)
    return Copy(out.getvalue(), tuple(placed), tuple(unplaced), whole, warnings=tuple(_warnings(data)))


def _warnings(data: bytes) -> Iterator[str]:
    if b"/ByteRange" in data:
        yield _SIGNED


def _writer(data: bytes) -> PdfWriter:
    """The writer that appends; pypdf fails in many ways on damaged files."""
    import pypdf

    try:
        protected = pypdf.PdfReader(io.BytesIO(data)).is_encrypted
        writer = None if protected else pypdf.PdfWriter(io.BytesIO(data), incremental=True)
        count = 0 if writer is None else len(writer.pages)
    except Exception as error:
        raise UnreadableError(f"the PDF is too damaged to be added to ({_words(error)}): {_MEND}") from error
    if writer is None:
        raise EncryptedError("the PDF is protected: save it without a password and its limits first")
    if count != page_count(data):
        raise UnreadableError(f"the PDF is too damaged to be added to (its pages are unclear): {_MEND}")
    return writer


_MEND = "print it into a new PDF and annotate that"


def _words(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]


def _highlight(writer: PdfWriter, note: Note, pieces: Sequence[Stripe]) -> None:
    """One annotation a page; those after the first say so."""
    for at, (number, group) in enumerate(groupby(pieces, key=lambda piece: piece.page)):
        lead = "" if at == 0 else "(Continued from the page before.)\n"
        _add(writer, number, _annotation(writer, note, list(group), f"{note.number}-{at}", lead + note.text))


def _annotation(
    writer: PdfWriter, note: Note, pieces: Sequence[Stripe], name: str, text: str
) -> DictionaryObject:
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject

    color = _GOOD if note.effect is Effect.DEPOSIT else _COLORS[note.severity]
    quads = [value for piece in pieces for value in piece.quad]
    rect = _bounds(quads)
    return DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/Highlight"),
        NameObject("/Rect"): _numbers(rect),
        NameObject("/QuadPoints"): _numbers(quads),
        NameObject("/C"): ArrayObject([FloatObject(part) for part in color]),
        NameObject("/F"): NumberObject(_PRINTED),
        NameObject("/NM"): _text(f"{OURS}{name}"),
        NameObject("/T"): _text(_AUTHOR),
        NameObject("/Subj"): _text(note.title),
        NameObject("/Contents"): _text(text),
        NameObject("/AP"): DictionaryObject({NameObject("/N"): _appearance(writer, quads, rect, color)}),
    })  # fmt: skip


def _appearance(
    writer: PdfWriter, quads: Sequence[float], rect: Sequence[float], color: tuple[float, float, float]
) -> IndirectObject:
    """The highlight as it is drawn: viewers differ where they have to make one up."""
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    lines = ["/M gs", f"{color[0]:.3f} {color[1]:.3f} {color[2]:.3f} rg"]
    for at in range(0, len(quads), 8):
        ax, ay, bx, by, cx, cy, dx, dy = quads[at : at + 8]
        lines.append(f"{ax:.3f} {ay:.3f} m {bx:.3f} {by:.3f} l {dx:.3f} {dy:.3f} l {cx:.3f} {cy:.3f} l h f")
    stream = StreamObject()
    stream.set_data("\n".join(lines).encode())
    multiply = DictionaryObject({
        NameObject("/Type"): NameObject("/ExtGState"),
        NameObject("/BM"): NameObject("/Multiply"),
    })  # fmt: skip
    states = DictionaryObject({NameObject("/M"): multiply})
    stream.update({
        NameObject("/Type"): NameObject("/XObject"),
        NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): _numbers(rect),
        NameObject("/Resources"): DictionaryObject({NameObject("/ExtGState"): states}),
    })  # fmt: skip
    return writer._add_object(stream)  # noqa: SLF001  pypdf has no public way to add a stream


def _summary(writer: PdfWriter, data: bytes, text: str) -> None:
    """A sticky note in the corner of the first page."""
    from pypdf.generic import DictionaryObject, NameObject, NumberObject

    if not len(writer.pages):
        return
    _add(writer, 1, DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/Text"),
        NameObject("/Name"): NameObject("/Note"),
        NameObject("/Rect"): _numbers(_bounds(corner(data, 1, _SUMMARY))),
        NameObject("/F"): NumberObject(_PRINTED),
        NameObject("/NM"): _text(f"{OURS}summary"),
        NameObject("/T"): _text(_AUTHOR),
        NameObject("/Contents"): _text(text),
    }))  # fmt: skip


def _add(writer: PdfWriter, number: int, annotation: DictionaryObject) -> None:
    """Put an annotation behind those that the page has."""
    from pypdf.generic import ArrayObject, NameObject

    page = writer.pages[number - 1]
    reference = writer._add_object(annotation)  # noqa: SLF001
    before = page.get("/Annots")
    kept = before.get_object() if before is not None else None
    page[NameObject("/Annots")] = ArrayObject([*(kept if isinstance(kept, ArrayObject) else ()), reference])


def _bounds(quads: Sequence[float]) -> tuple[float, float, float, float]:
    return min(quads[0::2]), min(quads[1::2]), max(quads[0::2]), max(quads[1::2])


def _numbers(values: Sequence[float]) -> ArrayObject:
    from pypdf.generic import ArrayObject, FloatObject

    return ArrayObject([FloatObject(round(value, 3)) for value in values])


def _text(words: str) -> TextStringObject:
    from pypdf.generic import TextStringObject

    return TextStringObject(words)
