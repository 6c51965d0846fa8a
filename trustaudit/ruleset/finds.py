"""How a rule may look: one flat model for each ``kind`` of ``find``."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from trustaudit.audit import Severity, Side
from trustaudit.document import BlockKind, Hidden
from trustaudit.ruleset import rule
from trustaudit.ruleset.fields import ListName, Many, Model, Phrase, Slug, Text, Topic
from trustaudit.ruleset.words import check_pattern, check_term, check_token

Mutual = Literal["skip", "keep"]
Modality = Literal[
    "obligation", "permission", "entitlement", "prohibition", "no-obligation", "no-entitlement"
]
AnyPhrase = Annotated[Many[Phrase], Field(min_length=1)]
SideWord = Annotated[Side, Field(strict=False)]


class Scoped(Model):
    """Keys that narrow where a find looks."""

    blocks: Many[Annotated[BlockKind, Field(strict=False)]] = Field(
        default_factory=list,
        description="Kinds of blocks to look in; without it, all but headers, footers and page numbers.",
    )
    fine_print: Literal["any", "only", "outside"] = Field(
        default="any", description="Look anywhere, only in fine print, or only outside it."
    )
    part: Literal["any", "opening", "subject", "closing"] = Field(
        default="any", description="The part of a message to look in."
    )

    def scope(self) -> rule.Scope:
        return rule.Scope(tuple(kind.value for kind in self.blocks), self.fine_print, self.part)


class PhrasesModel(Scoped):
    """Any of these phrases stands in a clause."""

    kind: Literal["phrases"]
    any: AnyPhrase = Field(description="Phrases; one of them is enough.")
    mutual: Mutual = Field(
        default="skip", description="What to do with a clause that binds both sides alike."
    )

    def value(self) -> rule.Phrases:
        return rule.Phrases(tuple(self.any), self.scope(), self.mutual)


class TokensModel(Scoped):
    """spaCy token patterns, for what phrases cannot say."""

    kind: Literal["tokens"]
    patterns: Annotated[
        list[
            Annotated[
                list[Annotated[dict[str, Any], AfterValidator(check_token)]],
                Field(min_length=1),
                AfterValidator(check_pattern),
            ]
        ],
        Field(min_length=1),
    ] = Field(description="Patterns; each is a list of tokens, each token a mapping of attributes.")
    gate: AnyPhrase = Field(description="Words of which one at least is in every text that can match.")
    mutual: Mutual = "skip"

    def value(self) -> rule.Tokens:
        patterns = tuple(tuple(pattern) for pattern in self.patterns)
        return rule.Tokens(patterns, tuple(self.gate), self.scope(), self.mutual)


class MetricModel(Model):
    """A number of the document is over or under a limit."""

    kind: Literal["metric"]
    metric: Annotated[Text, Field(pattern=r"^[a-z][a-z0-9_]*$")] = Field(
        description="The name of the metric."
    )
    over: float | None = Field(default=None, allow_inf_nan=False)
    under: float | None = Field(default=None, allow_inf_nan=False)
    steps: dict[Annotated[Severity, Field(strict=False)], float] = Field(
        default_factory=dict,
        description="Further limits that raise the severity: severity to number.",
    )

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if (self.over is None) == (self.under is None):
            raise ValueError("give one limit: 'over' or 'under'")
        limit = self.over if self.over is not None else self.under
        rising = [limit, *(self.steps[severity] for severity in Severity if severity in self.steps)]
        sign = 1 if self.over is not None else -1
        if any(
            (after - before) * sign <= 0
            for before, after in pairwise(rising)
            if before is not None and after is not None
        ):
            raise ValueError("'steps' must go further from the limit with each severity")
        return self

    def value(self) -> rule.Metric:
        steps = {severity.value: self.steps[severity] for severity in Severity if severity in self.steps}
        return rule.Metric(self.metric, self.over, self.under, steps)


class OrderModel(Model):
    """What comes first in a message."""

    kind: Literal["order"]
    first: ListName = Field(description="Vocabulary list that comes too early.")
    before: Annotated[Many[ListName], Field(min_length=1)] = Field(
        description="Lists that should come earlier."
    )
    missing: Literal["counts", "ignores"] = Field(
        default="counts",
        description="Whether 'first' is found too where nothing of 'before' is there at all.",
    )

    def value(self) -> rule.Order:
        return rule.Order(self.first, tuple(self.before), self.missing)


class FrameModel(Scoped):
    """Concepts that all stand in one clause, in any order."""

    kind: Literal["frame"]
    frames: list[Annotated[list[ListName], Field(min_length=2)]] = Field(
        min_length=1, description="Any of these frames; each names lists or sides that must all be there."
    )
    mutual: Mutual = "skip"

    def value(self) -> rule.Frame:
        return rule.Frame(tuple(tuple(frame) for frame in self.frames), self.scope(), self.mutual)


Term = Annotated[Text, AfterValidator(check_term)]
Points = Annotated[float, Field(allow_inf_nan=False)]


class WeightedModel(Scoped):
    """Words and short phrases with weights, added up over a clause."""

    kind: Literal["weighted"]
    terms: Annotated[dict[Term, Points], Field(min_length=1)] = Field(
        description="Up to four words each, or a side such as <company>, and what each weighs."
    )
    phrases: dict[Phrase, Points] = Field(
        default_factory=dict, description="Phrases of the phrase language, and what each weighs."
    )
    threshold: Points = Field(default=0.0, description="The sum from which a clause is found.")
    bias: Points = Field(default=0.0, description="What every clause starts with.")
    mutual: Mutual = "skip"

    @model_validator(mode="after")
    def _within_reach(self) -> Self:
        all_points = [*self.terms.values(), *self.phrases.values()]
        if self.bias + sum(points for points in all_points if points > 0) < self.threshold:
            raise ValueError("nothing can be found: all terms together do not reach 'threshold'")
        return self

    def value(self) -> rule.Weighted:
        return rule.Weighted(self.terms, self.threshold, self.bias, self.scope(), self.mutual, self.phrases)


class NormModel(Scoped):
    """Somebody must, may, may not or need not do something."""

    kind: Literal["norm"]
    bearer: Annotated[Many[SideWord], Field(min_length=1)]
    modality: Annotated[Many[Modality], Field(min_length=1)]
    topic: Many[Topic] = Field(
        default_factory=list, description="What the norm is about: the topic-… lists of the vocabulary."
    )
    action: Many[Phrase] = Field(default_factory=list, description="Phrases of which one is in the action.")
    with_: Many[Phrase] = Field(
        default_factory=list, alias="with", description="Phrases of which one stands in its sentence."
    )
    without: Many[Phrase] = Field(default_factory=list, description="Phrases that do not.")

    def value(self) -> rule.NormFind:
        return rule.NormFind(
            tuple(self.bearer), tuple(self.modality), tuple(self.topic), tuple(self.action),
            tuple(self.with_), tuple(self.without), self.scope(),
        )  # fmt: skip


class ReciprocalModel(Model):
    """Asked of one side, and not given by the other anywhere in the document."""

    kind: Literal["reciprocal"]
    asked: AnyPhrase
    given: AnyPhrase
    pair: Slug = Field(description="The name of the reciprocity pair.")
    asked_of: SideWord = Side.CUSTOMER
    degree: Literal["", "days", "percent", "money"] = Field(
        default="", description="Compare how much: the amount nearest to each of the two."
    )

    def value(self) -> rule.Reciprocal:
        return rule.Reciprocal(tuple(self.asked), tuple(self.given), self.pair, self.asked_of, self.degree)


class RequiredModel(Model):
    """Where the ground is, the protection must be."""

    kind: Literal["required"]
    ground: AnyPhrase
    protection: AnyPhrase
    any_kind: bool = True

    def value(self) -> rule.Required:
        return rule.Required(tuple(self.ground), tuple(self.protection), self.any_kind)


class ConflictModel(Model):
    """Two passages that disagree."""

    kind: Literal["conflict"]
    check: Slug = Field(description="The name of the comparison.")
    about: Many[Text] = Field(default_factory=list)

    def value(self) -> rule.Conflict:
        return rule.Conflict(self.check, tuple(self.about))


class FactModel(Model):
    """Something that a message shows as a whole, such as the reader's name or nobody to turn to."""

    kind: Literal["fact"]
    fact: Literal[
        "greeting-by-name", "purpose-first", "no-contact", "money-first", "person-to-reach", "shouting"
    ] = Field(description="Which fact.")

    def value(self) -> rule.Fact:
        return rule.Fact(self.fact)


class HiddenModel(Model):
    """Words that are in the file and that nobody who looks at the page can see."""

    kind: Literal["hidden"]
    but: Many[Annotated[Hidden, Field(strict=False)]] = Field(
        default_factory=list, description="Reasons for which being hidden is let pass."
    )

    def value(self) -> rule.HiddenText:
        return rule.HiddenText(tuple(reason.value for reason in self.but))


class TakesBackModel(Model):
    """A claim gives, and words elsewhere take it back."""

    kind: Literal["takes-back"]
    claims: AnyPhrase = Field(description="Phrases that give: free, no obligation, from <money>.")
    takes: AnyPhrase = Field(description="Phrases that take it back.")
    by: Literal["mark", "fine-print"] = Field(
        default="mark",
        description="Who takes: the note behind the claim's asterisk, or fine print against a headline.",
    )

    def value(self) -> rule.TakesBack:
        return rule.TakesBack(tuple(self.claims), tuple(self.takes), self.by)


FindModel = Annotated[
    PhrasesModel | TokensModel | MetricModel | OrderModel | FrameModel | WeightedModel | NormModel
    | ReciprocalModel | RequiredModel | ConflictModel | FactModel | HiddenModel | TakesBackModel,
    Field(discriminator="kind"),
]  # fmt: skip

FIND_MODELS: dict[str, type[Model]] = {
    "phrases": PhrasesModel,
    "tokens": TokensModel,
    "metric": MetricModel,
    "order": OrderModel,
    "frame": FrameModel,
    "weighted": WeightedModel,
    "norm": NormModel,
    "reciprocal": ReciprocalModel,
    "required": RequiredModel,
    "conflict": ConflictModel,
    "fact": FactModel,
    "hidden": HiddenModel,
    "takes-back": TakesBackModel,
}
