"""Where each text of an HTML source stands, exactly.

The source is cut into tags and texts the way browsers do (WHATWG HTML, 13.2.5). The tree builder then gets a
*skeleton*: the same tags, with each text replaced by a numbered marker. Wherever a marker ends up in the
tree, its number leads to the text's range in the source, so nothing has to be aligned afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from trustaudit.parsing.templates import SLOT, Template

MARKER = re.compile("\ue000(\\d+)\ue001")
"""A text in the skeleton; the number is its index in ``Skeleton.texts``."""

_OPENING = re.compile(
    r"""<!--(?:-?>|(?s:.*?)(?:--!?>|\Z))                     # comment; ends early at <!--> and <!--->
    |<[!?/](?![A-Za-z])[^>]*(?:>|\Z)|<!\[?[A-Za-z][^>]*(?:>|\Z) # doctype, bogus comment, <![if ...]>
    |<(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*)
      (?:[^=>]|=[ \t\r\n\f]*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|(?!["'])))*+(?:>|\Z)  # tag; quotes only after =
    """,
    re.VERBOSE,
)
_RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "mj-style"})
_SLOTS = re.compile(f"{SLOT}+")
_SLOT_MARK = re.compile("\ue005(\\d+)-(\\d+)\ue006")
_MEDIA = re.compile(r"""\bmedia\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)


@dataclass
class Skeleton:
    """The tags of a source with their texts taken out."""

    html: str = ""
    texts: list[tuple[int, int]] = field(default_factory=list)
    styles: list[tuple[str, str]] = field(default_factory=list)  # style sheets: media, CSS
    title: tuple[int, int] | None = None
    images: int = 0


def skeleton(template: Template) -> Skeleton:
    """Cut a source; texts of only white space stay in the skeleton as they are."""
    made = Skeleton()
    mask = template.mask
    out: list[str] = []
    at = 0
    search, slotted = _OPENING.search, SLOT in mask
    while found := search(mask, at):
        start = found.start()
        if start > at:
            out.append(_text(made, mask, at, start))
        at = found.end()
        tag, slash, name = found.group(0, 1, 2)
        if name is None:
            continue
        out.append(_SLOTS.sub(_slot_mark(start), tag) if slotted and SLOT in tag else tag)
        if slash:
            continue
        name = name.lower()
        if name == "img":
            made.images += 1
        elif name in _RAW and not tag.endswith("/>"):
            at = _raw(made, mask, found, name, out)
        elif name == "input":
            out.append(_input(made, found))
    if at < len(mask):
        out.append(_text(made, mask, at, len(mask)))
    made.html = "".join(out)
    return made


_VALUE = re.compile(r"""\bvalue\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""", re.IGNORECASE)
_SUBMITS = re.compile(r"""\btype\s*=\s*["']?(?:submit|button|reset)\b""", re.IGNORECASE)


def _input(made: Skeleton, found: re.Match[str]) -> str:
    """The words on ``<input type=submit>`` stand in an attribute, but are read like a button's."""
    tag = found.group()
    value = _VALUE.search(tag) if _SUBMITS.search(tag) else None
    if value is None:
        return ""
    start, end = value.span(value.lastindex or 0)
    made.texts.append((found.start() + start, found.start() + end))
    return f"<button>\ue000{len(made.texts) - 1}\ue001</button>"


def _text(made: Skeleton, mask: str, start: int, end: int) -> str:
    text = mask[start:end]
    if text.isspace() and not text.strip(" \t\r\n\f"):
        return text
    made.texts.append((start, end))
    return f"\ue000{len(made.texts) - 1}\ue001"


def _raw(made: Skeleton, mask: str, opening: re.Match[str], name: str, out: list[str]) -> int:
    """What no tag can stand in: style sheets, scripts, the title; the offset of its end tag."""
    closing = _closing(name).search(mask, opening.end())
    end = closing.start() if closing else len(mask)
    if name in {"style", "mj-style"}:
        media = _MEDIA.search(opening.group())
        made.styles.append(
            (next(filter(None, media.groups()), "") if media else "", mask[opening.end() : end])
        )
    elif name == "title" and made.title is None:
        made.title = (opening.end(), end)
    elif name in {"textarea", "xmp"}:
        out.append(_text(made, mask, opening.end(), end))
    return end


_CLOSINGS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


def _closing(name: str) -> re.Pattern[str]:
    return _CLOSINGS[name]


class _slot_mark:  # noqa: N801  a function with one bound number
    """Writes a placeholder in a tag as its source range, which no quote can break."""

    def __init__(self, base: int) -> None:
        self.base = base

    def __call__(self, found: re.Match[str]) -> str:
        return f"\ue005{self.base + found.start()}-{self.base + found.end()}\ue006"


def restored(value: str, source: str) -> str:
    """An attribute's value with its placeholders as written."""
    if "\ue005" not in value:
        return value
    return _SLOT_MARK.sub(lambda found: source[int(found.group(1)) : int(found.group(2))], value)
