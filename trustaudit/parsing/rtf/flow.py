"""What the reader hands over: stories of paragraphs, before they become blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from trustaudit.document import BlockKind
from trustaudit.parsing.builder import Style
from trustaudit.parsing.rtf.looks import Paragraph


class Piece(NamedTuple):
    text: str
    style: Style
    link: str = ""
    placeholder: str = ""


@dataclass(slots=True)
class Line:
    """One paragraph with what hangs on it: text boxes and notes, read after it."""

    pieces: list[Piece] = field(default_factory=list)
    label: list[Piece] = field(default_factory=list)
    after: list[Story] = field(default_factory=list)
    shape: Paragraph = field(default_factory=Paragraph)
    page: bool = False
    contents: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class Story:
    """A flow of text: body, header, footer, note, text box. ``mark`` is a note's own."""

    kind: BlockKind | None = None
    lines: list[Line] = field(default_factory=list)
    line: Line = field(default_factory=Line)
    mark: str = ""
    endnote: bool = False
    called: tuple[Line, int] | None = None  # the piece that refers to the note

    def end_line(self, shape: Paragraph) -> None:
        """Close the paragraph that is being collected."""
        if self.line.pieces or self.line.after:
            self.line.shape = shape
            self.lines.append(self.line)
        self.line = Line()

    def add(self, piece: Piece, *, label: bool) -> None:
        pieces = self.line.label if label else self.line.pieces
        if pieces and pieces[-1][1:] == piece[1:] and self.called is None:
            pieces[-1] = Piece(pieces[-1].text + piece.text, *piece[1:])
        else:
            pieces.append(piece)
