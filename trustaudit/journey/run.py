"""From a manifest or a folder to the audit of the journey, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from trustaudit.audit import Audience, Audit, Unreadable
from trustaudit.errors import UsageError
from trustaudit.journey.conflicts import find_conflicts
from trustaudit.journey.data import JourneyData, journey_data
from trustaudit.journey.folder import companies, documents_in, guessed
from trustaudit.journey.manifest import Manifest, load_manifest, manifest_in
from trustaudit.journey.moves import Table, best_moves
from trustaudit.journey.observe import observations
from trustaudit.journey.plan import Plan, Planned, plan
from trustaudit.journey.reading import Options, Result, Wanted, read
from trustaudit.journey.recognise import channel_of, recognise
from trustaudit.journey.returns import find_returns
from trustaudit.journey.score import conflict_points, journey_score, stage_scores
from trustaudit.journey.stages import stage_audits, stage_names
from trustaudit.journey.statement import ledger, streaks
from trustaudit.journey.told import forget
from trustaudit.journey.waiting import waiting
from trustaudit.journey_audit import Hole, JourneyAudit, JourneyScore, Staged


def audit_journey(
    manifest: str | Path | Manifest,
    *,
    jobs: int = 1,
    company: Sequence[str] = (),
    customer: Sequence[str] = (),
    audience: str = "auto",
    rules: Sequence[str | Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Sequence[tuple[str, str, str]] = (),
) -> JourneyAudit:
    """Audit the whole journey that a manifest, or a folder, holds.

    A folder with a ``journey.yaml`` is read by it; of one without, stages and order are guessed, and the
    guesses said. What cannot be read is a hole in the account, and the rest stands. The other arguments are
    those of ``scan``; what the manifest says outranks them. Raises ``ConfigError`` where the
    manifest cannot be used, ``UsageError`` where no document is there, ``RuleError`` where a rule is wrong.
    """
    given = {
        "company": company, "customer": customer, "audience": audience, "rules": rules, "select": select,
        "ignore": ignore, "severity": severity,
    }  # fmt: skip
    return run(manifest, Options(jobs=jobs, given=given))


def run(manifest: str | Path | Manifest, options: Options) -> JourneyAudit:
    """The same, with what the command line knows beside."""
    if isinstance(manifest, Manifest):
        return _of_manifest(manifest, options)
    path = Path(manifest)
    if path.is_dir():
        inside = manifest_in(path)
        return _of_manifest(load_manifest(inside), options) if inside else _of_folder(path, options)
    if not path.exists():
        raise UsageError(f"{path}: no such manifest or folder; begin one: trustaudit init --journey FOLDER")
    return _of_manifest(load_manifest(path), options)


def _of_manifest(manifest: Manifest, options: Options) -> JourneyAudit:
    manifest = replace(manifest, **options.over)
    planned = plan(manifest)
    wanted = [Wanted(each.path, _asked(each, manifest, options)) for each in planned.files]
    return assemble(manifest, planned, read(wanted, options))


def _of_folder(folder: Path, options: Options) -> JourneyAudit:
    manifest, results, lost = recognised(folder, options)
    planned = plan(manifest)
    again = [results[each.path] for each in planned.files]
    return assemble(manifest, Plan(planned.files, lost), again)


def recognised(folder: Path, options: Options) -> tuple[Manifest, dict[Path, Audit], tuple[Hole, ...]]:
    """Read a folder's documents, recognise what each is, and put them in order; what was not read.

    Raises ``UsageError`` where none can be read.
    """
    paths = documents_in(folder)
    results = dict(zip(paths, read([Wanted(path, options.given) for path in paths], options), strict=True))
    audits = {path: result for path, result in results.items() if isinstance(result, Audit)}
    lost = tuple(
        Hole(path.relative_to(folder).as_posix(), "", result.reason)
        for path, result in results.items()
        if isinstance(result, Unreadable)
    )
    if not audits:
        raise UsageError(f"{folder}: none of its documents can be read: {lost[0].path}: {lost[0].reason}")
    found = [(path, recognise(audit, path.relative_to(folder).as_posix())) for path, audit in audits.items()]
    return replace(guessed(folder, found), company=companies(audits.values())), audits, lost


def _asked(planned: Planned, manifest: Manifest, options: Options) -> dict[str, Any]:
    """The arguments of the scan of one document: the entry over the manifest over what was given."""
    entry = planned.entry
    named = {
        "kind": entry.kind if entry.kind != "auto" else "",
        "audience": entry.audience or manifest.audience,
        "company": entry.company or manifest.company,
        "customer": entry.customer or manifest.customer,
    }
    return {**options.given, **{key: value for key, value in named.items() if value}}


def assemble(manifest: Manifest, planned: Plan, results: Sequence[Result]) -> JourneyAudit:
    """The account, the conflicts, the score and the moves of documents that are read."""
    data = journey_data()
    documents = tuple(_staged(planned.files, results))
    holes = (*_holes(planned.files, results), *planned.holes)
    if not documents:
        said = f"none of its documents can be read: {holes[0].path}: {holes[0].reason}"
        raise UsageError(f"{manifest.source}: {said}")
    found = ledger(documents, data)
    conflicts = find_conflicts(documents)
    returns = find_returns(documents, [stage.name for stage in manifest.stages])
    forget()  # what both have read: a journey of many papers must not stay in memory
    stages = stage_audits(manifest, documents, holes, found, conflicts, data)
    table = Table(documents, conflicts, {stage.name: stage.weight for stage in stages}, data)
    rows = streaks(found)
    moves, together = best_moves(table)
    return JourneyAudit(
        stages=stages,
        documents=documents,
        statement=found.entries,
        scored=_score(table),
        tool=documents[0].audit.tool,
        deposits=found.deposits,
        withdrawals=found.withdrawals,
        balance=found.balance,
        streaks=rows,
        observations=observations(found, rows, stages, documents, data),
        waiting=waiting(documents),
        conflicts=conflicts,
        returns=returns,
        moves=moves,
        moves_together=together,
        holes=holes,
        coverage=_coverage(documents, data),
        **_named(manifest),
    )


def _named(manifest: Manifest) -> dict[str, Any]:
    """What the manifest itself says of the journey."""
    return {
        "name": manifest.name,
        "company": manifest.company,
        "customer": manifest.customer,
        "segment": manifest.segment,
        "audience": Audience(manifest.audience) if manifest.audience not in ("", "auto") else None,
        "guesses": (*manifest.guesses, *stage_names(manifest)),
        "source": manifest.source,
    }


def _score(table: Table) -> JourneyScore:
    stages = stage_scores(table.papers(), conflict_points(table.conflicts), table.data)
    return journey_score(stages, table.weights, table.data)


def _coverage(documents: Sequence[Staged], data: JourneyData) -> float:
    present = {document.stage for document in documents}
    return round(sum(stage.id in present for stage in data.stages) / len(data.stages), 4)


def _staged(files: Sequence[Planned], results: Sequence[Result]) -> Iterator[Staged]:
    order = 0
    for planned, result in zip(files, results, strict=True):
        if isinstance(result, Audit):
            channel = planned.entry.channel or channel_of(result, planned.shown)
            named = replace(result, document=replace(result.document, name=planned.shown))
            kind, weight = result.kind.value, planned.entry.weight
            yield Staged(named, planned.stage, order, planned.shown, kind, channel, weight)
            order += 1


def _holes(files: Sequence[Planned], results: Sequence[Result]) -> Iterator[Hole]:
    for planned, result in zip(files, results, strict=True):
        if isinstance(result, Unreadable):
            yield Hole(planned.shown, planned.stage, result.reason)
