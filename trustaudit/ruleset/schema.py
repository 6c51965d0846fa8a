"""The rule file as it is written: what keys there are, and what they may say."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationError, field_validator

from trustaudit.audit import Audience, Confidence, Effect, Kind, Reference, Severity, Side
from trustaudit.ruleset.fields import Address, Before, Day, Known, Many, Model, Phrase, Prose, Slug, Text
from trustaudit.ruleset.finds import FIND_MODELS, FindModel
from trustaudit.ruleset.fix_schema import FixExampleModel, FixModel
from trustaudit.ruleset.marks import unmark
from trustaudit.ruleset.problems import near
from trustaudit.ruleset.rule import Example, Examples, Rule
from trustaudit.ruleset.wordings import Path, sentences

MAX_TITLE = 72
LEAST_EXAMPLES = 2

SeverityWord = Annotated[Severity, Field(strict=False)]
_SEVERITY_WORDS = [severity.value for severity in Severity]


def _by_audience(value: Any) -> Any:
    """``major`` is short for the same severity with both audiences."""
    if not isinstance(value, str):
        return value
    if value not in _SEVERITY_WORDS:
        words = ", ".join(_SEVERITY_WORDS)
        raise ValueError(f"'{value}' is not one of {words}.{near(value, _SEVERITY_WORDS)}")
    return {"consumer": value, "business": value}


def _as_example(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class SeverityModel(Model):
    consumer: SeverityWord
    business: SeverityWord

    def value(self) -> dict[Audience, Severity]:
        return {Audience.CONSUMER: self.consumer, Audience.BUSINESS: self.business}


class ReferenceModel(Model):
    name: Prose
    url: Address | None = None
    checked_on: Day | None = Field(default=None, description="The day the source was looked at: 2026-01-31.")

    def value(self) -> Reference:
        return Reference(self.name, self.url or "", self.checked_on or "")


class ExampleModel(Model):
    text: Text
    kind: Annotated[Kind, Field(strict=False)] | None = None
    company: Many[Text] = Field(default_factory=list, description="Names of the company in this example.")
    customer: Many[Text] = Field(default_factory=list, description="Names of the customer in this example.")
    format: Literal["text", "markdown", "html"] = "text"

    @field_validator("text")
    @classmethod
    def _marks(cls, text: str) -> str:
        if not unmark(text)[0].strip():
            raise ValueError("the example is empty")
        return text

    def value(self) -> Example:
        text, marks = unmark(self.text)
        return Example(text, marks, self.kind, tuple(self.company), tuple(self.customer), self.format)


def _flagged(example: ExampleModel) -> ExampleModel:
    if "«" not in example.text:
        raise ValueError("mark what is to be found with « »")
    return example


def _clean(example: ExampleModel) -> ExampleModel:
    if "«" in example.text:
        raise ValueError("a clean example has no « »: nothing is found in it")
    return example


_EXAMPLE_TEXT = {"type": "string", "minLength": 1}
Flagged = Annotated[ExampleModel, AfterValidator(_flagged), Before(_as_example, _EXAMPLE_TEXT)]
Clean = Annotated[ExampleModel, AfterValidator(_clean), Before(_as_example, _EXAMPLE_TEXT)]


class ExamplesModel(Model):
    flagged: list[Flagged] = Field(min_length=LEAST_EXAMPLES, description="« » mark exactly what is found.")
    clean: list[Clean] = Field(
        min_length=LEAST_EXAMPLES, description="Near misses in which nothing is found."
    )

    def value(self) -> Examples:
        return Examples(
            tuple(example.value() for example in self.flagged),
            tuple(example.value() for example in self.clean),
        )


class RuleModel(Model):
    """One rule of trustaudit. The path of the file is its id."""

    title: Prose = Field(description=f"What is wrong, or good, in at most {MAX_TITLE} characters.")
    severity: Annotated[SeverityModel, Before(_by_audience, {"enum": _SEVERITY_WORDS})] = Field(
        description="How bad: one word, or one for consumers and one for businesses."
    )
    severity_reason: Prose | None = Field(default=None, description="Why this severity.")
    confidence: Annotated[Confidence, Field(strict=False)] = Field(description="How sure a finding is.")
    effect: Annotated[Effect, Field(strict=False)] = Field(description="What it does to the trust account.")
    topic: Slug = Field(description="What the clause is about.")
    applies_to: Annotated[Many[Annotated[Kind, Field(strict=False)]], Field(min_length=1)] = Field(
        default=list(Kind), description="Kinds of documents; without it, all."
    )
    favours: Annotated[Side, Field(strict=False)] | None = Field(
        default=None, description="Whom it serves; without it: the company, for a deposit the customer."
    )
    weight: float | None = Field(
        default=None, ge=0, le=100, allow_inf_nan=False, description="Points; without it, by severity."
    )
    enabled: bool = Field(default=True, description="Whether the rule runs at all.")
    why: Prose = Field(description="Why it matters to the customer's trust.")
    advice: Prose | None = Field(default=None, description="What to do about it.")
    rewrite: Prose | None = Field(default=None, description="Balanced wording to take instead.")
    references: list[ReferenceModel] = Field(
        default_factory=list, description="Sources that list the same thing as unfair, or recommend it."
    )
    labels: dict[Text, Text] = Field(
        default_factory=dict, description="The name of the same thing in public taxonomies."
    )
    find: Annotated[Many[FindModel], Field(min_length=1)] = Field(
        description="How to look: one find, or a list of which any finds."
    )
    unless: Many[Phrase] = Field(
        default_factory=list, description="Phrases that clear the clause they stand in."
    )
    examples: ExamplesModel = Field(description="What is found and what is not: the rule's own tests.")
    fix: FixModel | None = Field(
        default=None, description="A safe change of wording or typography that `--fix` makes in templates."
    )

    parts: ClassVar[dict[str, type[Model]]] = {
        "severity": SeverityModel,
        "references": ReferenceModel,
        "examples": ExamplesModel,
        "flagged": ExampleModel,
        "clean": ExampleModel,
        "fix": FixModel,
        "results": FixExampleModel,
        **FIND_MODELS,
    }

    @field_validator("title")
    @classmethod
    def _short(cls, title: str) -> str:
        if len(title) > MAX_TITLE:
            raise ValueError(f"{len(title)} characters, at most {MAX_TITLE}")
        return title

    def value(self, rule_id: str, path: str) -> Rule:
        """The rule with this id, read from this file."""
        return Rule(
            id=rule_id,
            title=self.title,
            severity=self.severity.value(),
            confidence=self.confidence,
            effect=self.effect,
            topic=self.topic,
            applies_to=tuple(self.applies_to),
            why=self.why,
            advice=self.advice or "",
            rewrite=self.rewrite or "",
            find=tuple(find.value() for find in self.find),
            examples=self.examples.value(),
            favours=self.favours or _FAVOURED[self.effect],
            weight=self.weight,
            severity_reason=self.severity_reason or "",
            unless=tuple(self.unless),
            references=tuple(reference.value() for reference in self.references),
            labels=dict(sorted(self.labels.items())),
            path=path,
            enabled=self.enabled,
            fix=self.fix.value() if self.fix else None,
        )


_FAVOURED = {Effect.WITHDRAWAL: Side.COMPANY, Effect.DEPOSIT: Side.CUSTOMER, Effect.NOTE: Side.BOTH}


def check_rule(data: Any, known: Known) -> RuleModel | list[tuple[Path, str]]:
    """The rule that the data of a file says, or everything that is wrong with it: where, and what."""
    if not isinstance(data, dict):
        return [((), "a rule is a mapping: 'title: …' and so on")]
    try:
        return RuleModel.model_validate(data, context=known)
    except ValidationError as errors:
        return sentences(errors.errors(include_url=False), data, RuleModel)
