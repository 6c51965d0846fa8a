"""What a message is: its parts, its channel, its purpose. Worked out once, when first asked for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from trustaudit.document import Document, Entry, Span
from trustaudit.language.channels import channel_of
from trustaudit.language.parts import AROUND, OPENING, Part, PartKind, parts
from trustaudit.language.purposes import Guess, purpose_of, words_alone
from trustaudit.language.reading import Reading

_WORD = re.compile(r"[^\W\d_]{2,}")


class Message:
    """The reading of a document as a message to one person."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    key = ""  # its name in a catalogue

    @property
    def document(self) -> Document:
        return self.reading.document

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """In the order in which the reader meets them: the subject is first wherever the file has it."""
        found = parts(self.document, self.reading.sentences)
        return tuple(sorted(found, key=lambda part: part.kind not in {PartKind.SUBJECT, PartKind.PREHEADER}))

    @cached_property
    def channel(self) -> str:
        return channel_of(self.document, self.parts, self.document.name)

    @cached_property
    def guess(self) -> Guess:
        return purpose_of(self.parts, self.document, self.alone)

    @cached_property
    def alone(self) -> str:
        """The text of the document without its variables, as long as it."""
        return words_alone(self.document)

    @property
    def span(self) -> Span:
        """Where the message stands in its document."""
        return Span(0, len(self.document.text))

    @property
    def purpose(self) -> str:
        return self.guess.purpose

    @cached_property
    def name(self) -> Span | None:
        """The reader's name, where the message speaks to somebody by name."""
        return next((part.name for part in self.parts if part.name is not None), None)

    @cached_property
    def wordless(self) -> bool:
        """Are there only variables and names of texts, and not one sentence?"""
        text, at, words = self.document.text, 0, 0
        for field in self.document.placeholders:
            words += len(_WORD.findall(text, at, field.start))
            at = field.end
        return bool(self.document.placeholders) and words + len(_WORD.findall(text, at)) < 2

    def pieces(self) -> tuple[Piece, ...]:
        """The messages of a catalogue, each by itself; none where the document is one."""
        starts = [sentence.start for sentence in self.reading.sentences] if self.document.entries else []
        return tuple(Piece(self, entry, starts) for entry in self.document.entries)

    def content(self) -> Iterator[Part]:
        """The parts that say something: all but greeting, closing, sender and footer."""
        return (part for part in self.parts if part.kind not in AROUND)

    @cached_property
    def opening(self) -> tuple[Part, ...]:
        """What the reader learns before anything else: subject, preview, headlines, the first sentence."""
        found: list[Part] = []
        for part in self.content():
            if part.kind in OPENING:
                found.append(part)
            elif part.kind is PartKind.ACTION or _says(self.document.quote(part.span)):
                return (*found, part)
        return tuple(found)

    def at(self, offset: int) -> int:
        """The rank of the part that holds an offset, in the order of the reader; -1 where none does."""
        return next((rank for rank, part in enumerate(self.parts) if part.start <= offset < part.end), -1)


class Piece(Message):
    """One message of a catalogue."""

    def __init__(self, whole: Message, entry: Entry, starts: list[int]) -> None:
        super().__init__(whole.reading)
        self.entry = entry
        self.key = entry.key
        self._whole = whole
        self._sentences = slice(bisect_left(starts, entry.start), bisect_left(starts, entry.end))

    @property
    def span(self) -> Span:
        return self.entry.span

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        found = parts(self.document, self.reading.sentences[self._sentences])
        return tuple(sorted(found, key=lambda part: part.kind not in {PartKind.SUBJECT, PartKind.PREHEADER}))

    @cached_property
    def channel(self) -> str:
        """By the words of the message, as if it were a file of its own."""
        document = self.document
        low, high = (document.block_index(at) for at in (self.entry.start, self.entry.end - 1))
        own = replace(
            document,
            text=document.quote(self.span),
            blocks=document.blocks[max(low, 0) : high + 1],
            runs=(),
            media_type="text/plain",
        )
        return channel_of(own, self.parts, f"{document.name}/{self.entry.key}")

    @cached_property
    def alone(self) -> str:
        return self._whole.alone


def _says(words: str) -> bool:
    """More than a name or a label."""
    return (
        len(words.split()) > 3
        or any(mark in words for mark in "$€£")
        or words.rstrip().endswith((".", "!", "?"))
    )
