"""Kind ``tokens``: spaCy token patterns, run only on clauses that hold one of the rule's gate phrases."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from trustaudit.ruleset.phrase import COMPANY, CUSTOMER
from trustaudit.ruleset.rule import Tokens

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher

_SIDES = {"<company>": COMPANY, "<customer>": CUSTOMER}


@lru_cache(maxsize=1)
def _nlp() -> Language:
    import spacy

    return spacy.blank("en")


_MATCHERS: dict[int, tuple[Tokens, Matcher]] = {}


def token_spans(find: Tokens, text: str) -> list[tuple[int, int]]:
    """Character ranges of the longest matches in a clause's text (lower case, parties as marks)."""
    matcher = _matcher(find)
    doc = _nlp().make_doc(text)
    return [(span.start_char, span.end_char) for span in matcher(doc, as_spans=True)]


def _matcher(find: Tokens) -> Matcher:
    cached = _MATCHERS.get(id(find))
    if cached is not None and cached[0] is find:
        return cached[1]
    from spacy.matcher import Matcher

    matcher = Matcher(_nlp().vocab, validate=True)
    matcher.add(
        "rule", [[_token(dict(token)) for token in pattern] for pattern in find.patterns], greedy="LONGEST"
    )
    _MATCHERS[id(find)] = (find, matcher)
    return matcher


def _token(token: dict[str, object]) -> dict[str, object]:
    """``{LOWER: <company>}`` finds the company, however it is named."""
    lower = token.get("LOWER")
    if isinstance(lower, str) and lower in _SIDES:
        token["LOWER"] = _SIDES[lower]
    return token
