"""What a document is, and for whom it is written: guessed from counted signs, and said with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from trustaudit.audit import Audience, Kind
from trustaudit.document import BlockKind, Document
from trustaudit.language.view import View, apply, plain, spacing
from trustaudit.ruleset.pattern import Compiler, Pattern
from trustaudit.ruleset.sieve import Sieve

_LOOKED_AT = 30_000  # characters: a document says early what it is
_LONG_MESSAGE = 900  # words beyond which a text is hardly one message


def guess_kind(document: Document, compiler: Compiler) -> tuple[Kind, str]:
    """The kind with the most different signs, and the sentence that says why.

    Letters with a greeting or a subject are messages however many legal words they hold, unless they are
    long; a document with the words of a term sheet in its first lines is one.
    """
    view = _start(document.text[:_LOOKED_AT])
    contract = _signs(view, "signs-of-contract", compiler)
    message = _signs(view, "signs-of-message", compiler)
    sheet = _signs(apply(view.text[:600], ()), "signs-of-term-sheet", compiler)
    words = len(document.text.split())
    if _is_mail(document) and words < 3 * _LONG_MESSAGE:
        return Kind.MESSAGE, "an e-mail" if document.media_type == "message/rfc822" else "it has a subject"
    if sheet:
        return Kind.TERM_SHEET, f"its first lines say {_quoted(sheet)}"
    weight = len(message) * (2 if words < _LONG_MESSAGE / 3 else 1 if words < _LONG_MESSAGE else 0.3)
    if _is_paper(document):
        weight /= 4
    if message and weight >= len(contract):
        return Kind.MESSAGE, f"it says {_quoted(message)}"
    if contract:
        return Kind.CONTRACT, f"it says {_quoted(contract)}"
    short = words < _LONG_MESSAGE / 3 and not _is_paper(document)
    kind = Kind.MESSAGE if short or document.placeholders else Kind.CONTRACT
    return kind, f"no sign of its kind; {words} words"


def guess_audience(document: Document, compiler: Compiler) -> tuple[Audience, str]:
    """Consumer or business by the different signs of each, consumer where neither leads."""
    view = _start(document.text[:_LOOKED_AT])
    consumer = _signs(view, "signs-of-consumer", compiler)
    business = _signs(view, "signs-of-business", compiler)
    if len(business) > len(consumer):
        return Audience.BUSINESS, f"it says {_quoted(business)}"
    return (
        Audience.CONSUMER,
        f"it says {_quoted(consumer)}" if consumer else "nothing says that it is for businesses",
    )


def _is_mail(document: Document) -> bool:
    return document.media_type == "message/rfc822" or any(
        b.kind is BlockKind.SUBJECT for b in document.blocks[:3]
    )


def _is_paper(document: Document) -> bool:
    """Is it set out in sections, as no message is?"""
    headings = sum(block.kind is BlockKind.HEADING for block in document.blocks)
    return headings > 2 and document.media_type != "text/html"


@lru_cache(maxsize=2)
def _start(text: str) -> View:
    smooth = plain(text)
    return apply(smooth, spacing(smooth))


def _signs(view: View, name: str, compiler: Compiler) -> list[str]:
    """The different phrases of a list that occur, in the order of the list."""
    sieve, patterns = _signs_of(name, compiler)
    found: list[str] = []
    for index in sieve.passing(view.text):
        hit = patterns[index].search(view.text)
        if hit:
            found.append(" ".join(hit[0].split()).strip(" ,:"))
    return found


@lru_cache(maxsize=32)
def _signs_of(name: str, compiler: Compiler) -> tuple[Sieve, _Late]:
    patterns = compiler.patterns_of(name)
    return Sieve([(pattern.steps,) for pattern in patterns]), _Late(patterns)


class _Late(dict[int, re.Pattern[str]]):
    """Expressions by the number of their pattern, compiled when they are first searched for.

    A sign that begins a text may begin a line or a sentence too.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        super().__init__()
        self._patterns = patterns

    def __missing__(self, index: int) -> re.Pattern[str]:
        regex = self._patterns[index].regex.replace(r"\A", r"(?:\A|(?<=  )|(?<=[.!,] ))")
        compiled = self[index] = re.compile(regex)
        return compiled


def _quoted(signs: list[str]) -> str:
    return ", ".join(f"“{sign}”" for sign in signs[:3])
