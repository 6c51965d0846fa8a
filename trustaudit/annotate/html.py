"""HTML: the passage in ``<mark>`` with the note as its title, a number behind, the notes at the end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from trustaudit.annotate.notes import leftovers
from trustaudit.annotate.sources import source
from trustaudit.annotate.spots import Spot, inserted, segments, spots
from trustaudit.annotate.text import refuse_marked
from trustaudit.annotate.values import Copy, Note, Order
from trustaudit.audit import Effect, Severity
from trustaudit.document import Span
from trustaudit.parsing import templates
from trustaudit.parsing.markup.tokens import skeleton

_END = "<!--/trustaudit-->"
_OURS = re.compile(
    rf'<mark data-trustaudit="[^"]*"[^>]*>|</mark>{_END}|<(sup|aside) data-trustaudit="[^"]*".*?</\1>{_END}',
    re.DOTALL,
)
_CODE = re.compile(r"\{%|<%|\{\{[#/^]|\{#")
_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)
_COLORS = {
    Severity.CRITICAL: "#ff9e99",
    Severity.MAJOR: "#ffc278",
    Severity.MINOR: "#ffed73",
    Severity.INFO: "#c7deff",
}
_GOOD = "#b3edb3"
_ASIDE = (
    "all:initial;display:block;font:14px/1.5 sans-serif;margin:2em;padding:1em;border:2px solid #888;"
    "background:#fff;color:#000"
)


def mark(data: bytes, order: Order) -> Copy:
    """The marked copy. Raises ``UnreadableError`` where the encoding is unclear, or it is marked already."""
    read = source(data)
    refuse_marked(read.text, _OURS, _END)
    found, unplaced = spots(order.document, read, order.notes)
    texts = _texts(read.text)
    placed: list[Spot] = []
    for spot in found:
        shown = tuple(_shown(read.text, texts, spot.ranges))
        if shown:
            placed.append(Spot(spot.note, shown))
        else:
            unplaced.append(
                (spot.note, "it stands where a page can show no mark: a title, a subject, a button")
            )
    whole = tuple(note for note in order.notes if note.start == note.end)
    notes = tuple(spot.note for spot in placed)
    pieces = [*_marks(placed), (_end(read.text), aside(order, notes, leftovers(whole, unplaced)))]
    text = inserted(read.text, pieces)
    return Copy(read.encoded(text), notes, tuple(unplaced), whole)


def unmarked(data: bytes) -> bytes:
    """The original's bytes, out of a copy that ``mark`` made."""
    read = source(data)
    return read.encoded(_OURS.sub("", read.text))


def _texts(text: str) -> list[Span]:
    """Where the source holds text between tags; words in attributes, titles and styles are none."""
    template = templates.read(text)
    cut = skeleton(templates.without(template, template.subjects))
    return sorted(
        Span(start, end) for start, end in cut.texts if (start == 0 or text[start - 1] == ">")
    )  # fmt: skip


def _shown(text: str, texts: Sequence[Span], ranges: Iterable[Span]) -> Iterator[Span]:
    """The stretches inside of texts, those of one text joined where no template's code is between them."""
    starts = [each.start for each in texts]
    last: Span | None = None
    for each in ranges:
        at = bisect_right(starts, each.start) - 1
        if at < 0 or not texts[at].covers(each):
            continue
        if last is not None and texts[at].covers(last) and not _CODE.search(text, last.end, each.start):
            last = Span(last.start, each.end)
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _marks(placed: Sequence[Spot]) -> Iterator[tuple[int, str]]:
    """What is put in, by place: at one place the end of a mark, numbers, and the next mark, in this order."""
    ends: dict[int, list[Note]] = {}
    for spot in placed:
        ends.setdefault(spot.ranges[-1].end, []).append(spot.note)
    begins, closing = {}, set()
    for span, over in segments(placed):
        begins[span.start] = opening([spot.note for spot in over])
        closing.add(span.end)
    for place in sorted({*begins, *closing}):
        close = f"</mark>{_END}" if place in closing else ""
        yield place, close + "".join(map(number, ends.get(place, ()))) + begins.get(place, "")


def opening(notes: Sequence[Note]) -> str:
    worst = max(notes, key=lambda note: (note.effect is Effect.WITHDRAWAL, note.severity.rank))
    color = _GOOD if worst.effect is Effect.DEPOSIT else _COLORS[worst.severity]
    title = "\n\n".join(note.text for note in notes)
    names = " ".join(str(note.number) for note in notes)
    style = f"background:{color};color:#000"
    return f'<mark data-trustaudit="{names}" style="{style}" title="{_safe(title)}">'


def number(note: Note) -> str:
    """No link: the passage may stand in one, and a link in a link ends the outer one."""
    at = note.number
    return f'<sup data-trustaudit="{at}" id="trustaudit-{at}">[{at}]</sup>{_END}'


def aside(order: Order, notes: Sequence[Note], left: Iterable[str]) -> str:
    parts = [f'<aside data-trustaudit="notes" style="{_ASIDE}">']
    parts += [f"<p>{_safe(line)}</p>" for line in (*order.head, *left)]
    for note in notes:
        at = note.number
        quote = " ".join(note.quote.split())  # a mark may stand in what the page hides
        said = f"<br>&#8220;{_safe(quote)}&#8221;" + "".join(
            f"<br><i>{_safe(label)}:</i> {_safe(words)}" for label, words in note.lines
        )
        back = f'<a href="#trustaudit-{at}">[{at}]</a>'
        parts.append(f'<p id="trustaudit-note-{at}">{back} <b>{_safe(note.title)}</b>{said}</p>')
    return "".join([*parts, f"</aside>{_END}"])


def _end(text: str) -> int:
    """Before the end of the body, else at the end of the file."""
    found = list(_BODY_END.finditer(text))
    return found[-1].start() if found else len(text)


def _safe(words: str) -> str:
    """Words that become neither markup nor a template's code; ASCII, whatever the page's charset."""
    shown = escape(words, quote=True)
    for sign in "{}%$":
        shown = shown.replace(sign, f"&#{ord(sign)};")
    return shown.encode("ascii", "xmlcharrefreplace").decode("ascii")
