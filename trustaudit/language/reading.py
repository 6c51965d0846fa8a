"""Document to Reading: what is known about the language of a document, each part worked out at most once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import ahocorasick_rs

from trustaudit.audit import Audience, Kind, Parties, Side
from trustaudit.document import Document, Span
from trustaudit.language.enumerations import inline_items
from trustaudit.language.parties import Sides
from trustaudit.language.sentences import Sentence, sentences
from trustaudit.language.view import Edit, View, apply, extended, plain, spacing
from trustaudit.ruleset.compilers import compiler_of
from trustaudit.ruleset.phrase import BOTH, COMPANY, CUSTOMER, NEITHER, PARTY

if TYPE_CHECKING:
    from trustaudit.language.amounts import Amount
    from trustaudit.language.norms import Norm


@dataclass(frozen=True, slots=True)
class Clause:
    """What a phrase is searched in: ``view.text[start:end]``; before ``own`` stands the lead-in's copy.

    A match must reach past ``own``: what the lead-in says alone is found in the lead-in's own clause.
    """

    start: int
    end: int
    own: int
    sentence: int
    lead: Span | None = None


class Reading:
    """Values on demand: ``kind``, ``audience`` and ``sides`` are given, all else is computed when asked."""

    def __init__(
        self,
        document: Document,
        kind: Kind,
        audience: Audience,
        sides: Sides,
        vocabulary: Mapping[str, Sequence[str]],
    ) -> None:
        self.document = document
        self.kind = kind
        self.audience = audience
        self.sides = sides
        self.compiler = compiler_of(vocabulary)
        self._lists: dict[str, tuple[Span, ...]] = {}

    @property
    def parties(self) -> Parties:
        """The names of both sides, and the words that told which is which."""
        return Parties(self.sides.company, self.sides.customer, self.sides.evidence)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return sentences(self.document)

    @cached_property
    def _parts(self) -> tuple[View, tuple[Clause, ...]]:
        base = see(self.document.text, self.sides)
        return _clauses(base, self.sentences)

    @property
    def view(self) -> View:
        return self._parts[0]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """In the order of the document; the clauses of an enumeration behind their lead-in."""
        return self._parts[1]

    @cached_property
    def clause_starts(self) -> tuple[int, ...]:
        """View offsets at which the clauses begin, ascending; ``clause_order`` says which."""
        return tuple(self.clauses[index].start for index in self.clause_order)

    @cached_property
    def clause_order(self) -> tuple[int, ...]:
        return tuple(sorted(range(len(self.clauses)), key=lambda index: self.clauses[index].start))

    def clause_text(self, clause: Clause) -> str:
        return self.view.text[clause.start : clause.end]

    def span(self, clause: Clause, start: int, end: int) -> Span:
        """The document's range of a match in the clause, without what lies in the copy of the lead-in."""
        return self.view.span(max(clause.start + start, clause.own), clause.start + end)

    def find(self, name: str) -> tuple[Span, ...]:
        """Where phrases of a vocabulary list stand in the document, in order; empty for an unknown list."""
        if name not in self._lists:
            self._lists[name] = tuple(self._search(name))
        return self._lists[name]

    def _search(self, name: str) -> Iterator[Span]:
        pattern = self.compiler.compile_list(name)
        for clause in self.clauses:
            for start, end in pattern.spans(self.clause_text(clause)):
                if clause.start + end > clause.own:
                    yield self.span(clause, start, end)

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds a document offset, or of the last one before it; -1 for none."""
        return bisect_right(self._sentence_starts, offset) - 1

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        return tuple(sentence.start for sentence in self.sentences)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Money, percentages and periods, in coordinates of the view, in order."""
        from trustaudit.language.amounts import amounts

        return amounts(self.view.text)

    @cached_property
    def norms(self) -> tuple[Norm, ...]:
        """Who must, may, may not or need not do what."""
        from trustaudit.language.norms import norms_in

        return norms_in(self)


_MARK = {
    Side.COMPANY: COMPANY,
    Side.CUSTOMER: CUSTOMER,
    Side.BOTH: BOTH,
    Side.NEITHER: NEITHER,
    Side.UNKNOWN: PARTY,
}
_ARTICLE = re.compile(r"(?:\b(?:the|each|every|any|such|said|this|a|an|either|all) (?:of the )?)\Z")
_WE = ("we", "us", "our", "ours", "ourselves")
_YOU = ("you", "your", "yours", "yourself")
_OWNERS = frozenset({"our", "ours", "your", "yours"})
_SELVES = frozenset(_WE + _YOU)


def see(text: str, sides: Sides) -> View:
    """The view of a text in which the parties have been marked."""
    smooth = plain(text)
    edits = spacing(smooth)
    spaced = apply(smooth, edits)
    mentions = _mentions(spaced, text, sides)
    if not mentions:
        return spaced
    marked = [Edit(spaced.origin(e.start), spaced.origin(e.end, end=True), e.text) for e in mentions]
    return apply(smooth, _merged(edits, marked))


def _mentions(spaced: View, source: str, sides: Sides) -> list[Edit]:
    """Each mention of a party, with its article and its possessive, as an edit of the spaced text."""
    text = spaced.text
    marks = _names(sides)
    if not marks:
        return []
    names = list(marks)
    finder = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    found: list[Edit] = []
    for index, start, end in finder.find_matches_as_indexes(text):
        if _part_of_word(text, start, end):
            continue
        name = names[index]
        if name in sides.cased and source[spaced.origin(start)].islower():
            continue
        article = _ARTICLE.search(text, max(start - 16, 0), start) if name not in _SELVES else None
        begin = article.start() if article else start
        possessive = _possessive(text, end)
        owns = bool(possessive) or name in _OWNERS
        edit = Edit(max(begin, found[-1].end if found else 0), end + possessive, marks[name] + "'s" * owns)
        found.append(edit)
    return found


def _possessive(text: str, end: int) -> int:
    """How many characters of a possessive stand behind a name: of ``'s``, or of the ``'`` behind an s."""
    if text.startswith("'s", end) and not _inside_word(text[end + 2 : end + 3]):
        return 2
    return 1 if text[end - 1] == "s" and text.startswith("' ", end) else 0


def _names(sides: Sides) -> dict[str, str]:
    names = {name: _MARK[side] for name, side in sides.names if name}
    for words, side in ((_WE, sides.we), (_YOU, sides.you)):
        if side is not Side.UNKNOWN:
            names |= {word: _MARK[side] for word in words if word not in names}
    return names


def _part_of_word(text: str, start: int, end: int) -> bool:
    """Is it ``user`` in ``users`` or in ``user-friendly``?"""
    before, after = text[start - 1 : start], text[end : end + 2]
    return (
        _inside_word(before)
        or _inside_word(after[:1])
        or before == "-"
        or (after[:1] == "-" and after[1:].isalpha())
    )


def _inside_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _merged(spaces: Sequence[Edit], marks: Sequence[Edit]) -> list[Edit]:
    """Both kinds of edit in order; blanks inside a mention go with the mention."""
    out: list[Edit] = []
    at = 0
    for mark in marks:
        while at < len(spaces) and spaces[at].end <= mark.start:
            out.append(spaces[at])
            at += 1
        while at < len(spaces) and spaces[at].start < mark.end:
            at += 1
        out.append(mark)
    return out + list(spaces[at:])


_ITEM_LABEL = re.compile(r"[(\[]? ?(?:[a-z]{1,4}|\d{1,2}(?:\.\d{1,2})*) ?[)\].] |[•·▪◦‣*o-] ")


def _without_blanks(text: str, end: int) -> int:
    """The end of a lead-in before its last blanks: the item's copy follows behind one of its own."""
    while text[end - 1 : end] == " ":
        end -= 1
    return end


def _clauses(base: View, found: Sequence[Sentence]) -> tuple[View, tuple[Clause, ...]]:
    """One clause a sentence; items of a list, in the sentence or in their own blocks, get their lead-in."""
    plainly: list[tuple[int, int, int]] = []  # view start, end, sentence
    joined: list[tuple[tuple[int, int], tuple[int, int], int]] = []  # lead-in, item, sentence
    leads: dict[int, tuple[int, int]] = {}
    for index, sentence in enumerate(found):
        start, end = base.locate(sentence.start), base.locate(sentence.end)
        stem, items = inline_items(base.text, start, end)
        leads[index] = (start, _without_blanks(base.text, stem))
        if sentence.lead in leads:
            label = _ITEM_LABEL.match(base.text, start, stem)
            joined.append((leads[sentence.lead], (label.end() if label else start, stem), index))
        else:
            plainly.append((start, stem, index))
        joined += [(leads[index], item, index) for item in items]
    additions = [piece for lead, item, _ in joined for piece in (lead, item)]
    view, begins = extended(base, additions) if joined else (base, [])
    clauses = [Clause(start, end, start, index) for start, end, index in plainly]
    for number, (lead, item, index) in enumerate(joined):
        start, own = begins[2 * number], begins[2 * number + 1]
        clauses.append(
            Clause(
                start, own + item[1] - item[0], own, index, base.span(*lead) if lead[1] > lead[0] else None
            )
        )
    clauses.sort(key=lambda clause: (clause.sentence, clause.own))
    return view, tuple(clauses)
