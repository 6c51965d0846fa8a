"""What may stand in ``journey.yaml``: the model that checks it, and its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationError

from trustaudit.audit import Audience, Kind
from trustaudit.journey.manifest import DocumentEntry, Manifest, StageEntry, refuse
from trustaudit.journey_audit import STAGES
from trustaudit.ruleset.fields import Before, Many, Model, Prose, Slug, Text
from trustaudit.ruleset.json_schema import untitled
from trustaudit.ruleset.problems import Problem
from trustaudit.ruleset.wordings import sentences
from trustaudit.ruleset.yaml_file import YamlFile
from trustaudit.ruleset.yaml_lines import read_yaml

Channel = Literal["sms", "email", "voice", "letter", "web"]
KindWord = Annotated[Kind, Field(strict=False)]
AudienceWord = Annotated[Audience, Field(strict=False)]
Weight = Annotated[float, Field(strict=False, ge=0, le=100, allow_inf_nan=False)]


def _as_document(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


class DocumentModel(Model):
    path: Text = Field(description="A file or a glob, relative to the manifest: reminders/*.txt")
    kind: KindWord | None = Field(default=None, description="What it is; without it: found out.")
    channel: Channel | None = Field(default=None, description="How a message reaches the customer.")
    weight: Weight = Field(default=1.0, description="How much it counts among the documents of its stage.")
    audience: AudienceWord | None = Field(default=None, description="Whose severities hold.")
    company: Many[Text] = Field(default_factory=list, description="Names of the company in this document.")
    customer: Many[Text] = Field(default_factory=list, description="Names of the customer in this document.")


_PATH = {"type": "string", "minLength": 1}


class StageModel(Model):
    stage: Slug = Field(description=f"One of {', '.join(STAGES)}, or a name of your own.")
    title: Prose | None = Field(default=None, description="What the report calls it.")
    weight: Weight | None = Field(default=None, description="How much it counts among the stages.")
    customer: bool | None = Field(default=None, description="Whether people are customers by then.")
    documents: Many[Annotated[DocumentModel, Before(_as_document, _PATH)]] = Field(
        default_factory=list, description="Files and globs, in the order in which the customer meets them."
    )


class ManifestModel(Model):
    """A customer's journey: its stages in order, with the documents of each."""

    name: Prose | None = Field(default=None, description="What the report calls the journey.")
    company: Many[Text] = Field(default_factory=list, description="Names of the side whose paper it is.")
    customer: Many[Text] = Field(default_factory=list, description="Names of the other side.")
    segment: Prose | None = Field(default=None, description="Which customers walk this way, in words.")
    audience: AudienceWord | None = Field(default=None, description="Whose severities hold.")
    extends: Many[Text] = Field(default_factory=list, description="Manifests that this one builds on.")
    stages: list[StageModel] = Field(default_factory=list, description="The stages, in order.")

    parts: ClassVar[dict[str, type[Model]]] = {"stages": StageModel, "documents": DocumentModel}


def read_manifest(source: bytes, path: Path) -> tuple[Manifest, tuple[tuple[str, int], ...]]:
    """The manifest of a file by itself, and what it extends, each with its line.

    Raises ``ConfigError`` that names every fault with its line.
    """
    file = read_yaml(source)
    refuse([Problem(str(path), line, message) for line, message in file.faults])
    if not isinstance(file.data, dict):
        refuse([Problem(str(path), 1, "names nothing; a manifest is a mapping: 'stages: …'")])
    try:
        model = ManifestModel.model_validate(_plain(file.data))
    except ValidationError as errors:
        found = sentences(errors.errors(include_url=False), file.data, ManifestModel)
        refuse([Problem(str(path), file.line(where), message) for where, message in found])
        raise  # pragma: no cover  # refuse has raised
    refuse(list(_twice(model, file, path)))
    return _value(model, file, path), tuple((name, file.line(["extends"])) for name in model.extends)


def manifest_schema() -> dict[str, Any]:
    """For editors: every key and word of a manifest."""
    schema = ManifestModel.model_json_schema(by_alias=True)
    draft = "https://json-schema.org/draft/2020-12/schema"
    return dict(untitled({"$schema": draft, **schema, "title": "trustaudit journey manifest"}, top=True))


def _plain(data: Any) -> Any:
    """A key with nothing behind it says nothing."""
    return (
        {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data
    )


def _twice(model: ManifestModel, file: YamlFile, path: Path) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for at, stage in enumerate(model.stages):
        line = file.line(["stages", at, "stage"])
        if stage.stage in first:
            said = f"the stage '{stage.stage}' stands here twice, first in line {first[stage.stage]}"
            yield Problem(str(path), line, f"{said}: put its documents together")
        first.setdefault(stage.stage, line)


def _value(model: ManifestModel, file: YamlFile, path: Path) -> Manifest:
    return Manifest(
        stages=tuple(_stage(stage, at, file, path) for at, stage in enumerate(model.stages)),
        base=path.parent,
        name=model.name or "",
        company=tuple(model.company),
        customer=tuple(model.customer),
        segment=model.segment or "",
        audience=model.audience or "",
    )


def _stage(model: StageModel, at: int, file: YamlFile, path: Path) -> StageEntry:
    documents = tuple(
        DocumentEntry(
            path=entry.path,
            base=path.parent,
            kind=entry.kind or "auto",
            channel=entry.channel or "",
            weight=entry.weight,
            audience=entry.audience or "",
            company=tuple(entry.company),
            customer=tuple(entry.customer),
            place=f"{path}:{file.line(['stages', at, 'documents', number])}",
        )
        for number, entry in enumerate(model.documents)
    )
    place = f"{path}:{file.line(['stages', at])}"
    return StageEntry(model.stage, model.title or "", model.weight, model.customer, documents, place)
