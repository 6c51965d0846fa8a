"""What each control word does to the machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from trustaudit.document import BlockKind, Unread
from trustaudit.parsing import numerals, symbols
from trustaudit.parsing.fieldcode import PAGE_FIELDS, link_target, parsed
from trustaudit.parsing.rtf import charsets, header, words
from trustaudit.parsing.rtf.flow import Piece, Story
from trustaudit.parsing.rtf.looks import Look, Painter, Paragraph
from trustaudit.parsing.rtf.machine import Field, Machine
from trustaudit.parsing.rtf.tokens import group_end

_LARGE = (250 * 20, 150 * 20)  # twips from which a picture is likely to hold text that is read
_GOAL = re.compile(r"\\pic(w|h)goal(\d{1,9})")
_FORM = re.compile(r"\\(fftype|ffres|ffdefres)(\d{1,4})")
_CHOICE = re.compile(r"\\ffl ([^{}\\]*)")


def act(machine: Machine, word: str, value: int | None) -> None:
    """Do what a control word says; words not known do nothing (a group under a star is passed by)."""
    star, machine.star = machine.star, False
    if word in words.SKIPPED or (star and word not in _ACTS and word not in words.TRANSPARENT):
        machine.skip_group()
    elif word in words.CHARACTERS:
        _character(machine, word)
    elif word in words.FLAGS:
        machine.look = machine.look._replace(**{words.FLAGS[word]: value != 0})
    elif word in words.PLACES:
        machine.look = machine.look._replace(**{words.PLACES[word]: value or 0})  # type: ignore[arg-type]
    elif word in _SHAPES:
        name, default = _SHAPES[word]
        said = {name: default if value is None else value}
        machine.paragraph = machine.paragraph._replace(**said)  # type: ignore[arg-type]
    elif word in _ACTS:
        _ACTS[word](machine, word, value)


def unicode(machine: Machine, value: int) -> None:
    """One UTF-16 unit, written as a signed number; its stand-ins follow."""
    machine.emit(chr(value % 65536))
    machine.to_skip = machine.skip_count


def _character(machine: Machine, word: str) -> None:
    if machine.to_skip:
        machine.to_skip -= 1
    else:
        machine.emit(words.CHARACTERS[word])


def _size(machine: Machine, _word: str, value: int | None) -> None:
    if value is not None and 0 <= value <= 8000:
        machine.look = machine.look._replace(size=value / 2)


def _plain(machine: Machine, _word: str, _value: int | None) -> None:
    kept = machine.look
    machine.look = machine.plain._replace(deleted=kept.deleted, suppressed=kept.suppressed)


def _level_text(machine: Machine, _word: str, _value: int | None) -> None:
    machine.look = machine.look._replace(raised=False)


def _paragraph(machine: Machine, _word: str, _value: int | None) -> None:
    machine.paragraph = Paragraph()


def _multiple(machine: Machine, _word: str, value: int | None) -> None:
    machine.paragraph = machine.paragraph._replace(multiple=value == 1)


def _in_table(machine: Machine, _word: str, _value: int | None) -> None:
    machine.paragraph = machine.paragraph._replace(in_table=True)


def _end(machine: Machine, word: str, _value: int | None) -> None:
    machine.end_line()
    if word == "cell":
        machine.cell += 1


def _row(machine: Machine, _word: str, _value: int | None) -> None:
    machine.end_line()
    machine.cell = 0


def _row_defined(machine: Machine, _word: str, _value: int | None) -> None:
    if machine.cell == 0:
        machine.cells = [0]


def _cell_shade(machine: Machine, _word: str, value: int | None) -> None:
    if machine.cell == 0 and machine.cells:
        machine.cells[-1] = value or 0


def _cell_defined(machine: Machine, _word: str, _value: int | None) -> None:
    if machine.cell == 0:
        machine.cells.append(0)


def _codec(machine: Machine, word: str, value: int | None) -> None:
    machine.codec = charsets.of_page(value or 1252) if word == "ansicpg" else charsets.of_word(word)


def _default_font(machine: Machine, _word: str, value: int | None) -> None:
    machine.plain = Look(font=value or 0)
    machine.look = machine.look._replace(font=value or 0)


def _skip_count(machine: Machine, _word: str, value: int | None) -> None:
    machine.skip_count = min(max(value or 0, 0), 100) if value is not None else 1


def _binary(machine: Machine, _word: str, value: int | None) -> None:
    machine.at += max(value or 0, 0)


def _fonts(machine: Machine, _word: str, _value: int | None) -> None:
    header.read_fonts(machine.tables, machine.skip_group())


def _colors(machine: Machine, _word: str, _value: int | None) -> None:
    header.read_colors(machine.tables, machine.skip_group())
    machine.painter = Painter(machine.tables.colors, "\\shpfblwtxt1" in machine.source)


def _styles(machine: Machine, _word: str, _value: int | None) -> None:
    header.read_styles(machine.tables, machine.skip_group())


def _picture(machine: Machine, _word: str, _value: int | None) -> None:
    goal = dict(_GOAL.findall(machine.skip_group()[:2000]))
    if int(goal.get("w", 0)) >= _LARGE[0] and int(goal.get("h", 0)) >= _LARGE[1]:
        _say(machine, "a large picture: text in it is not read")


def _object(machine: Machine, _word: str, _value: int | None) -> None:
    _say(machine, "an embedded object is not read: only what it shows")


def _say(machine: Machine, reason: str) -> None:
    entry = Unread("body", reason)
    if entry not in machine.unread:
        machine.unread.append(entry)


def _drawing(machine: Machine, _word: str, _value: int | None) -> None:
    machine.mode = replace(machine.mode, silent=True)


def _text_box(machine: Machine, _word: str, _value: int | None) -> None:
    around = machine.story
    story = Story(around.kind)
    around.line.after.append(story)
    machine.begin_story(story)


def _furniture(machine: Machine, word: str, _value: int | None) -> None:
    first, left = word.endswith("f"), word.endswith("l")
    if (first and "\\titlepg" not in machine.source) or (left and "\\facingp" not in machine.source):
        machine.skip_group()
        return
    top = word in words.HEADERS
    story = Story(BlockKind.HEADER if top else BlockKind.FOOTER)
    (machine.headers if top else machine.footers).append(story)
    machine.begin_story(story)


def _label(machine: Machine, _word: str, _value: int | None) -> None:
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


def _field(machine: Machine, _word: str, _value: int | None) -> None:
    machine.flush()
    entry = Field()
    machine.fields.append(entry)

    def end() -> None:
        if entry in machine.fields:
            if not entry.shown and (entry.box or entry.placeholder):
                machine.emit(entry.box or f"«{entry.placeholder}»")
            machine.fields.remove(entry)

    machine.on_close(end)


def _instruction(machine: Machine, _word: str, _value: int | None) -> None:
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


def _result(machine: Machine, _word: str, _value: int | None) -> None:
    machine.mode = replace(machine.mode, instruction=False)


def _form(machine: Machine, _word: str, _value: int | None) -> None:
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


def _page(machine: Machine, _word: str, _value: int | None) -> None:
    machine.story.line.page = True


def _twins(machine: Machine, _word: str, _value: int | None) -> None:
    """The same text twice: first for old readers, then in Unicode."""
    if machine.source.startswith("{", machine.at):
        machine.at = min(group_end(machine.source, machine.at + 1) + 1, len(machine.source))


def _note(machine: Machine, _word: str, _value: int | None) -> None:
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


CALL = "\ue00f"
"""Stands for a note's mark until its kind and number are known."""


def _mark(machine: Machine, _word: str, _value: int | None) -> None:
    machine.flush()
    machine.emit(CALL)


def _endnote(machine: Machine, _word: str, _value: int | None) -> None:
    machine.story.endnote = True


Act = Callable[[Machine, str, int | None], None]

_SHAPES = {
    "s": ("style", 0), "outlinelevel": ("outline", 9), "sl": ("line", 0), "cbpat": ("shade", 0),
    "itap": ("depth", 1), "ilvl": ("list_level", 0), "ls": ("list_number", 0),
}  # fmt: skip
_ACTS: Mapping[str, Act] = {
    "fs": _size, "plain": _plain, "nosupersub": _level_text, "pard": _paragraph, "slmult": _multiple,
    "intbl": _in_table, "par": _end, "sect": _end, "cell": _end, "nestcell": _end, "row": _row,
    "nestrow": _end, "trowd": _row_defined, "clcbpat": _cell_shade,
    "cellx": _cell_defined, "ansicpg": _codec, "ansi": _codec, "mac": _codec, "pc": _codec, "pca": _codec,
    "deff": _default_font, "uc": _skip_count, "bin": _binary, "fonttbl": _fonts, "colortbl": _colors,
    "stylesheet": _styles, "pict": _picture, "object": _object, "shp": _drawing, "shpgrp": _drawing,
    "shpinst": _drawing, "do": _drawing, "shptxt": _text_box, "dptxbxtext": _text_box, "listtext": _label,
    "pntext": _label, "field": _field, "fldinst": _instruction, "fldrslt": _result, "formfield": _form,
    "chpgn": _page, "footnote": _note, "upr": _twins, "chftn": _mark, "ftnalt": _endnote,
} | dict.fromkeys(words.HEADERS | words.FOOTERS, _furniture)  # fmt: skip
