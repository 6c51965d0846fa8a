"""Destinations: groups that hold something else than running text, and what becomes of them."""

from __future__ import annotations

import re
from dataclasses import replace

from trustaudit.document import BlockKind, Unread
from trustaudit.parsing import numerals, symbols
from trustaudit.parsing.fieldcode import PAGE_FIELDS, link_target, parsed
from trustaudit.parsing.rtf import words
from trustaudit.parsing.rtf.flow import Piece, Story
from trustaudit.parsing.rtf.machine import Field, Machine
from trustaudit.parsing.rtf.tokens import group_end

_LARGE = (250 * 20, 150 * 20)  # twips from which a picture is likely to hold text that is read
_GOAL = re.compile(r"\\pic(w|h)goal(\d{1,9})")
_FORM = re.compile(r"\\(fftype|ffres|ffdefres)(\d{1,4})")
_CHOICE = re.compile(r"\\ffl ([^{}\\]*)")
CALL = "\ue00f"
"""Stands for a note's mark until its kind and number are known."""


def picture(machine: Machine, _word: str, _value: int | None) -> None:
    goal = dict(_GOAL.findall(machine.skip_group()[:2000]))
    if int(goal.get("w", 0)) >= _LARGE[0] and int(goal.get("h", 0)) >= _LARGE[1]:
        _say(machine, "a large picture: text in it is not read")


def embedded(machine: Machine, _word: str, _value: int | None) -> None:
    _say(machine, "an embedded object is not read: only what it shows")


def _say(machine: Machine, reason: str) -> None:
    entry = Unread("body", reason)
    if entry not in machine.unread:
        machine.unread.append(entry)


def drawing(machine: Machine, _word: str, _value: int | None) -> None:
    machine.mode = replace(machine.mode, silent=True)


def text_box(machine: Machine, _word: str, _value: int | None) -> None:
    around = machine.story
    story = Story(around.kind)
    around.line.after.append(story)
    machine.begin_story(story)


def furniture(machine: Machine, word: str, _value: int | None) -> None:
    first, left = word.endswith("f"), word.endswith("l")
    if (first and not machine.first_page) or (left and not machine.facing_pages):
        machine.skip_group()
        return
    top = word in words.HEADERS
    story = Story(BlockKind.HEADER if top else BlockKind.FOOTER)
    (machine.headers if top else machine.footers).append(story)
    machine.begin_story(story)


def number_text(machine: Machine, _word: str, _value: int | None) -> None:
    """The text of an automatic number: made into one label when it is complete."""
    line = machine.story.line
    machine.flush()
    line.label.clear()
    machine.mode = replace(machine.mode, label=True)

    def end() -> None:
        shown = "".join(piece.text for piece in line.label).strip()
        if shown and line.label:
            font = machine.tables.fonts.get(machine.look.font, "")
            text = symbols.bullet(shown, font) if len(shown) == 1 else shown
            line.label[:] = [Piece(f"{text} ", line.label[0].style)]

    machine.on_close(end)


def begin_field(machine: Machine, _word: str, _value: int | None) -> None:
    machine.flush()
    entry = Field()
    machine.fields.append(entry)

    def end() -> None:
        if entry in machine.fields:
            if not entry.shown and (entry.box or entry.placeholder):
                machine.emit(entry.box or f"«{entry.placeholder}»")
            machine.fields.remove(entry)

    machine.on_close(end)


def instruction(machine: Machine, _word: str, _value: int | None) -> None:
    machine.mode = replace(machine.mode, instruction=True)

    def end() -> None:
        if machine.fields:
            _understand(machine, machine.fields[-1])

    machine.on_close(end)


def _understand(machine: Machine, entry: Field) -> None:
    entry.name, arguments = parsed("".join(entry.instruction))
    if entry.name == "HYPERLINK":
        entry.link = link_target(arguments)
    elif entry.name == "MERGEFIELD" and arguments:
        entry.placeholder = arguments[0]
    elif entry.name in PAGE_FIELDS:
        machine.story.line.page = True


def begin_result(machine: Machine, _word: str, _value: int | None) -> None:
    machine.mode = replace(machine.mode, instruction=False)


def form(machine: Machine, _word: str, _value: int | None) -> None:
    """A form field: a box ticked or not, or the entry chosen from a list."""
    inside = machine.skip_group()
    said = {name: int(value) for name, value in _FORM.findall(inside)}
    if not machine.fields:
        return
    chosen = said.get("ffres", 25)
    chosen = said.get("ffdefres", 0) if chosen == 25 else chosen  # 25: untouched
    if said.get("fftype") == 1:
        machine.fields[-1].box = "☒" if chosen else "☐"
    elif said.get("fftype") == 2:
        choices = _CHOICE.findall(inside)
        machine.fields[-1].box = choices[chosen] if chosen < len(choices) else ""


def page_number(machine: Machine, _word: str, _value: int | None) -> None:
    machine.story.line.page = True


def twins(machine: Machine, _word: str, _value: int | None) -> None:
    """The same text twice: first for old readers, then in Unicode."""
    if machine.source.startswith("{", machine.at):
        machine.at = min(group_end(machine.source, machine.at + 1) + 1, len(machine.source))


def note(machine: Machine, _word: str, _value: int | None) -> None:
    around = machine.story
    story = Story(BlockKind.FOOTNOTE)
    line = around.line
    at = next((n for n in range(len(line.pieces) - 1, -1, -1) if line.pieces[n].text == CALL), None)
    line.after.append(story)
    machine.begin_story(story)

    def end() -> None:
        if at is None:
            return
        machine.notes[story.endnote] += 1
        count = machine.notes[story.endnote]
        mark = f"[{numerals.roman(count) if story.endnote else count}]"
        line.pieces[at] = line.pieces[at]._replace(text=mark)
        story.mark = mark

    machine.on_close(end)


def note_mark(machine: Machine, _word: str, _value: int | None) -> None:
    machine.flush()
    machine.emit(CALL)


def endnote(machine: Machine, _word: str, _value: int | None) -> None:
    machine.story.endnote = True
