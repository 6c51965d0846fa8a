"""The ``fix`` of a rule file as it is written."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, field_validator, model_validator

from trustaudit.ruleset.fields import Many, Model, Prose, Text
from trustaudit.ruleset.fix import Fix, FixExample

LEAST_RESULTS = 1


def _small(text: str) -> str:
    if not text.isalpha() or text != text.lower():
        raise ValueError(f"'{text}' must be one word in small letters")
    return text


def _marks(text: str) -> str:
    if any(char.isalnum() or char.isspace() for char in text):
        raise ValueError(f"'{text}' must be marks alone, such as '!'")
    return text


class FixExampleModel(Model):
    before: Text
    after: Text

    def value(self) -> FixExample:
        return FixExample(self.before, self.after)


class FixModel(Model):
    """A safe change: the meaning and the order of what is said stay."""

    replace: dict[Prose, Prose] = Field(
        default_factory=dict, description="What is found, in small letters, and the wording instead."
    )
    calm: Many[Annotated[Text, AfterValidator(_small)]] = Field(
        default_factory=list, description="Words that may be set in small letters where all is in capitals."
    )
    once: Annotated[Text, AfterValidator(_marks)] | None = Field(
        default=None, description="Marks of which one is enough, such as '!'."
    )
    results: list[FixExampleModel] = Field(
        min_length=LEAST_RESULTS, description="Texts before and after the fix: its own tests."
    )

    @field_validator("replace")
    @classmethod
    def _plain(cls, replace: dict[str, str]) -> dict[str, str]:
        for phrase, wording in replace.items():
            if phrase != phrase.casefold():
                raise ValueError(f"'{phrase}' must be in small letters: capitals are kept by themselves")
            if wording.casefold() == phrase:
                raise ValueError(f"'{phrase}' is replaced by itself")
        return replace

    @model_validator(mode="after")
    def _something(self) -> FixModel:
        if not (self.replace or self.calm or self.once):
            raise ValueError("a fix says what it changes: replace, calm or once")
        return self

    def value(self) -> Fix:
        results = tuple(each.value() for each in self.results)
        return Fix(dict(sorted(self.replace.items())), tuple(self.calm), self.once or "", results)
