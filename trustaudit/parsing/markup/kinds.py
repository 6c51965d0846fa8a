"""What an element is to its reader: block or not, data or layout, button, preview line, note."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from trustaudit.document import BlockKind

_words = str.split

BLOCKS = frozenset(
    _words(
        "html body div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tbody thead tfoot tr td th caption "
        "blockquote pre address article aside section header footer main nav form fieldset legend "
        "figure figcaption hr center details summary dialog menu dir option optgroup textarea xmp "
        "listing plaintext mjml mj-body mj-section mj-column mj-group mj-wrapper mj-hero mj-text "
        "mj-button mj-table mj-preview mj-raw mj-navbar mj-navbar-link mj-social mj-social-element "
        "mj-accordion mj-accordion-element mj-accordion-title mj-accordion-text mj-divider mj-spacer "
        "mj-image container row columns column callout spacer wrapper block-grid h-line menu item "
        "speak response say play gather prompt"
    )
)
"""Elements that begin a paragraph of their own (HTML, MJML, Inky, SSML)."""

INLINE_DISPLAY = frozenset({"inline", "contents"})
BLOCK_DISPLAY = frozenset(_words("block list-item table table-row table-cell flex grid flow-root"))

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BUTTON_CLASS = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-]|\d)", re.IGNORECASE)
_PREVIEW_CLASS = re.compile(r"pre-?header|preview|(?:^|[\s_-])pretext", re.IGNORECASE)
_FOOTER_CLASS = re.compile(r"(?:^|\s)(?:email[-_])?footer(?:$|[\s_-])", re.IGNORECASE)
_NOTE_CLASS = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?)(?:$|[\s_-])", re.IGNORECASE)
_NOTE_ID = re.compile(r"(?:fn|footnote|endnote|ftn|note)[-_:]?\d+", re.IGNORECASE)
_IMPERATIVES = frozenset(
    _words(
        "accept access activate add apply approve ask book browse buy call cancel change chat check "
        "choose claim click complete confirm contact continue create discover donate download edit "
        "enter explore find finish get give go invite join keep leave learn log login make manage "
        "open order pay read redeem register renew reply reschedule reset respond return review save "
        "schedule see send set share shop sign start stop subscribe tell track try unlock unsubscribe "
        "update upgrade use verify view visit watch write yes"
    )
)


def block_kind(
    tag: str, attributes: Mapping[str, str], outer: BlockKind, level: int, data_cell: bool
) -> tuple[BlockKind, int]:
    """Kind and level of a block by its element; what says nothing itself is what it stands in."""
    if tag in HEADINGS:
        return BlockKind.HEADING, HEADINGS[tag]
    if tag == "li":
        return BlockKind.FOOTNOTE if _is_note(attributes) else BlockKind.LIST_ITEM, level
    if tag in {"td", "th"}:
        return (BlockKind.TABLE_CELL, 0) if data_cell else (outer, level)
    fixed = _FIXED.get(tag)
    if fixed is not None:
        return fixed, 0
    if attributes:
        by_role = _by_attributes(attributes)
        if by_role is not None:
            return by_role, 0
    return outer, level


_FIXED = {
    "caption": BlockKind.CAPTION,
    "figcaption": BlockKind.CAPTION,
    "footer": BlockKind.FOOTER,
    "nav": BlockKind.HEADER,
    "mj-preview": BlockKind.PREHEADER,
    "mj-button": BlockKind.BUTTON,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
}
_ROLES = {
    "contentinfo": BlockKind.FOOTER,
    "banner": BlockKind.HEADER,
    "navigation": BlockKind.HEADER,
    "doc-footnote": BlockKind.FOOTNOTE,
    "doc-endnote": BlockKind.FOOTNOTE,
}


def _by_attributes(attributes: Mapping[str, str]) -> BlockKind | None:
    role = _ROLES.get(attributes.get("role", ""))
    if role is not None:
        return role
    named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    if _FOOTER_CLASS.search(named):
        return BlockKind.FOOTER
    return BlockKind.FOOTNOTE if _is_note(attributes) else None


def _is_note(attributes: Mapping[str, str]) -> bool:
    ident = attributes.get("id", "")
    return bool(_NOTE_ID.fullmatch(ident) or _NOTE_CLASS.search(attributes.get("class", "")))


def is_preview(attributes: Mapping[str, str]) -> bool:
    """Named as the line that a mail client shows beside the subject."""
    return bool(_PREVIEW_CLASS.search(f"{attributes.get('class', '')} {attributes.get('id', '')}"))


def is_button(tag: str, attributes: Mapping[str, str], own: Mapping[str, str]) -> bool:
    """A button by its element, role, class, or by colour and padding of its own."""
    if tag in {"button", "mj-button"} or attributes.get("role") == "button":
        return True
    if tag != "a":
        return False
    if _BUTTON_CLASS.search(attributes.get("class", "")):
        return True
    painted = own.get("background-color", "transparent") not in {"transparent", "none", "inherit", "initial"}
    padded = any(
        own.get(name, "0")[:1] not in {"0", ""} for name in ("padding", "padding-top", "padding-left")
    )
    return (painted or own.get("background-image", "none") != "none") and padded


def is_imperative(words: str) -> bool:
    """A few words that tell the reader to do something."""
    parts = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", words.lower())
    return 0 < len(parts) <= 6 and parts[0] in _IMPERATIVES and not words.rstrip().endswith(".")


def stands_alone(element: Any, has_text: Callable[[Any], bool], inline: Callable[[Any], bool]) -> bool:
    """No text beside the element in the block that it stands in."""
    while True:
        outer = element.getparent()
        if outer is None or _filled(outer.text) or _filled(element.tail):
            return False
        for other in outer:
            if other is not element and (_filled(other.tail) or has_text(other)):
                return False
        if not inline(outer):
            return True
        element = outer


def _filled(text: str | None) -> bool:
    return text is not None and not text.isspace() and text != ""


def is_data_table(table: Any, words: Callable[[Any], str]) -> bool:
    """Whether a table's cells are data. Most tables of e-mails only place their parts on the page."""
    if table.find(".//table") is not None:
        return False
    if any(words(cell) for cell in table.iter("th", "caption")):
        return True
    if table.get("role") in {"presentation", "none"} or len(table.findall(".//tr")) < 2:
        return False
    rows = []
    for row in list(table.iter("tr"))[:100]:
        cells = [words(cell) for cell in row.iterchildren("td")]
        rows.append([cell for cell in cells if cell])
    wide = [row for row in rows if len(row) >= 2]
    short = all(len(cell) <= 60 for row in wide for cell in row)
    return len(wide) >= 2 and short and len({len(row) for row in wide}) == 1 and not _has_headings(table)


def _has_headings(table: Any) -> bool:
    return next(table.iter(*HEADINGS), None) is not None
