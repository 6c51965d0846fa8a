"""What each control word does to the machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from trustaudit.parsing.rtf import charsets, destinations, header, words
from trustaudit.parsing.rtf.looks import Look, Painter, Paragraph
from trustaudit.parsing.rtf.machine import Machine


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
    machine.painter = Painter(machine.tables.colors, machine.backdrop)


def _styles(machine: Machine, _word: str, _value: int | None) -> None:
    header.read_styles(machine.tables, machine.skip_group())


Act = Callable[[Machine, str, int | None], None]

_SHAPES = {
    "s": ("style", 0), "outlinelevel": ("outline", 9), "sl": ("line", 0), "cbpat": ("shade", 0),
    "itap": ("depth", 1), "ilvl": ("list_level", 0), "ls": ("list_number", 0),
}  # fmt: skip
_ACTS: Mapping[str, Act] = {
    "fs": _size,
    "plain": _plain,
    "nosupersub": _level_text,
    "pard": _paragraph,
    "slmult": _multiple,
    "intbl": _in_table,
    "par": _end,
    "sect": _end,
    "cell": _end,
    "nestcell": _end,
    "row": _row,
    "nestrow": _end,
    "trowd": _row_defined,
    "clcbpat": _cell_shade,
    "cellx": _cell_defined,
    "ansicpg": _codec,
    "ansi": _codec,
    "mac": _codec,
    "pc": _codec,
    "pca": _codec,
    "deff": _default_font,
    "uc": _skip_count,
    "bin": _binary,
    "fonttbl": _fonts,
    "colortbl": _colors,
    "stylesheet": _styles,
    "pict": destinations.picture,
    "object": destinations.embedded,
    "shp": destinations.drawing,
    "shpgrp": destinations.drawing,
    "shpinst": destinations.drawing,
    "do": destinations.drawing,
    "shptxt": destinations.text_box,
    "dptxbxtext": destinations.text_box,
    "listtext": destinations.number_text,
    "pntext": destinations.number_text,
    "field": destinations.begin_field,
    "fldinst": destinations.instruction,
    "fldrslt": destinations.begin_result,
    "formfield": destinations.form,
    "chpgn": destinations.page_number,
    "footnote": destinations.note,
    "upr": destinations.twins,
    "chftn": destinations.note_mark,
    "ftnalt": destinations.endnote,
    **dict.fromkeys(words.HEADERS | words.FOOTERS, destinations.furniture),
}
