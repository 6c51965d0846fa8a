"""What may stand in a token pattern and in a weighted term."""

from __future__ import annotations

import re
from typing import Any

from trustaudit.ruleset.problems import near

_FLAGS = (
    "IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP",
    "IS_SENT_START", "IS_BRACKET", "IS_QUOTE", "IS_CURRENCY", "LIKE_NUM", "LIKE_URL", "LIKE_EMAIL", "SPACY",
)  # fmt: skip
_TOKEN_KEYS = frozenset(
    ("TEXT", "ORTH", "LOWER", "NORM", "SHAPE", "PREFIX", "SUFFIX", "LENGTH", "OP", *_FLAGS)
)
_TRAINED = frozenset(("POS", "TAG", "DEP", "LEMMA", "MORPH", "ENT_TYPE", "ENT_IOB", "ENT_ID"))
_OP = re.compile(r"[!?+*]|\{\d+\}|\{\d*,\d+\}|\{\d+,\d*\}")
_MAX_TERM = 4
_TERM_SIDES = frozenset(("<company>", "<customer>", "<both>", "<neither>", "<party>", "<number>"))


def check_token(token: dict[str, Any]) -> dict[str, Any]:
    """One token of a pattern, as it is; ``ValueError`` for what a blank spaCy model does not know."""
    for key, value in token.items():
        if key in _TRAINED:
            raise ValueError(f"{key} needs a trained model, and there is none: use LOWER, SHAPE or a list")
        if key not in _TOKEN_KEYS:
            raise ValueError(f"unknown token attribute '{key}'.{near(key, _TOKEN_KEYS)}")
        if key == "OP" and not (isinstance(value, str) and _OP.fullmatch(value)):
            raise ValueError(f"OP must be one of ! ? + * {{n}} {{n,m}}, not '{value}'")
        if isinstance(value, dict) and isinstance(value.get("REGEX"), str):
            _regex(value["REGEX"])
    return token


_LITERAL = frozenset(("TEXT", "ORTH", "LOWER", "NORM"))
_ENDLESS = re.compile(r"[+*]|\{\d+,\}")


def check_pattern(pattern: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A pattern, as it is; ``ValueError`` where it can take for ever.

    Two gaps without an end cost the cube of a clause's length: measured, 1.7 s for 1,600 words.
    """
    gaps = [
        token for token in pattern if _ENDLESS.fullmatch(str(token.get("OP", ""))) and not _is_literal(token)
    ]
    if len(gaps) > 1:
        raise ValueError(
            f"{len(gaps)} tokens of one pattern may repeat without end, which can take for ever: "
            "give all but one of them an end, such as OP: '{0,8}'"
        )
    return pattern


def _is_literal(token: dict[str, Any]) -> bool:
    return any(isinstance(token.get(key), str) for key in _LITERAL)


_REPEATED_REPEAT = re.compile(r"[+*}][?+]?\)+[+*{]")


def _regex(pattern: str) -> None:
    if _REPEATED_REPEAT.search(pattern):
        raise ValueError(f"REGEX '{pattern}' repeats a repeat, which can take for ever")
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"REGEX '{pattern}' is wrong: {error}") from None


def check_term(text: str) -> str:
    """A term in lower case with single blanks; ``ValueError`` for what never stands in a clause."""
    words = text.split()
    if len(words) > _MAX_TERM:
        raise ValueError(f"'{text}' has {len(words)} words, at most {_MAX_TERM}")
    for word in words:
        if word.startswith("<") and word not in _TERM_SIDES:
            raise ValueError(f"{word} cannot stand in a term.{near(word, _TERM_SIDES)}")
        if not word.startswith("<") and not re.fullmatch(r"\w+|%", word):
            raise ValueError(f"'{word}' holds a mark: a term is of plain words, as in 'co operation'")
    return " ".join(words).lower()
