"""The kinds of values that the keys of a rule file hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from trustaudit.ruleset.phrase import BUILT_IN, PhraseError, names_in, parse_phrase
from trustaudit.ruleset.problems import near

T = TypeVar("T")

MAX_PHRASE = 600
"""Characters of one phrase; a longer one wants a vocabulary list."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a rule may refer to; the context of a validation."""

    lists: frozenset[str] = frozenset()


class Model(BaseModel):
    """Unknown keys are errors, and nothing is converted in silence."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, regex_engine="python-re")


class Before:
    """Runs a function before validation; ``short`` is the JSON Schema of the short form it understands."""

    def __init__(self, function: Callable[[Any], Any], short: JsonSchemaValue | None = None) -> None:
        self._function = function
        self._short = short

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._function, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        full = handler(schema)
        return {"anyOf": [self._short or full["items"], full]}


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, (str, dict)) else value


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _phrase(text: str, info: ValidationInfo) -> str:
    text = _one_line(text)
    if len(text) > MAX_PHRASE:
        raise ValueError(f"a phrase of {len(text)} characters, at most {MAX_PHRASE}: use a vocabulary list")
    try:
        names = names_in(parse_phrase(text))
    except PhraseError as error:
        raise ValueError(f"{error}, at column {error.column} of the phrase {text!r}") from None
    for name in sorted(names):
        _known_list(name, info)
    return text


def _known_list(name: str, info: ValidationInfo) -> str:
    known = info.context
    if isinstance(known, Known) and name not in known.lists | BUILT_IN:
        mend = near(name, known.lists | BUILT_IN)
        raise ValueError(f"no vocabulary list is called <{name}>.{mend}")
    return name


def _list_name(text: str, info: ValidationInfo) -> str:
    return _known_list(text.removeprefix("<").removesuffix(">"), info)


def _topic(text: str, info: ValidationInfo) -> str:
    """A topic of norms: it has a list, ``topic-…``, of the words by which it is known."""
    lists = info.context.lists if isinstance(info.context, Known) else frozenset[str]()
    topics = {name.removeprefix("topic-") for name in lists if name.startswith("topic-")}
    if topics and text not in topics:
        raise ValueError(f"no topic is called '{text}'.{near(text, topics)}")
    return text


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text):
        raise ValueError(f"'{text}' must be lower-case words joined by hyphens")
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"'{text}' is not a day like 2026-01-31") from None


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(?:/\S*)?", text):
        raise ValueError(f"'{text}' is not an address that begins with https://")
    return text


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Prose = Annotated[Text, AfterValidator(_one_line)]
Slug = Annotated[Text, AfterValidator(_slug)]
Topic = Annotated[Slug, AfterValidator(_topic)]
Day = Annotated[Text, AfterValidator(_day)]
Address = Annotated[Text, AfterValidator(_address)]
Phrase = Annotated[Text, AfterValidator(_phrase)]
ListName = Annotated[Text, AfterValidator(_list_name)]
Many = Annotated[list[T], Before(_as_list)]
"""A list, or one item standing for a list of one."""
