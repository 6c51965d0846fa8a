"""Content controls and form fields: what they show, and whether it is only a prompt."""

from __future__ import annotations

from lxml.etree import _Element as Element

from trustaudit.parsing.docx.names import OFF, VAL, WORD
from trustaudit.parsing.xmltree import own_text


def prompt_name(control: Element, content: Element) -> str:
    """The name of a control that shows its prompt ("Click to enter text"); empty for one filled in."""
    properties = control.find(WORD + "sdtPr")
    shows = None if properties is None else properties.find(WORD + "showingPlcHdr")
    if properties is None or shows is None or (shows.get(VAL) or "1").lower() in OFF:
        return ""
    for tag in ("alias", "tag"):
        named = properties.find(WORD + tag)
        if named is not None and named.get(VAL):
            return str(named.get(VAL))
    return "".join(own_text(text) for text in content.iter(WORD + "t")).strip()


def form_field(node: Element) -> str | None:
    """What a form field shows by itself: a box ticked or not, the choice of a list, a text's default."""
    data = node.find(WORD + "ffData")
    if data is None:
        return None
    box = data.find(WORD + "checkBox")
    if box is not None:
        state = box.find(WORD + "checked")
        state = box.find(WORD + "default") if state is None else state
        return "☐" if state is None or (state.get(VAL) or "1").lower() in OFF else "☒"
    choices = data.find(WORD + "ddList")
    if choices is not None:
        entries = [entry.get(VAL) or "" for entry in choices.iterchildren(WORD + "listEntry")]
        chosen = choices.find(WORD + "result")
        at = (chosen.get(VAL) or "0") if chosen is not None else "0"
        return entries[int(at)] if at.isdecimal() and int(at) < len(entries) else ""
    return None
