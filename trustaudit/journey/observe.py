"""What the whole account shows and no single document can: order, silence, rows, care before the sale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trustaudit import scoring
from trustaudit.journey.data import JourneyData
from trustaudit.journey.statement import Ledger
from trustaudit.journey_audit import Observation, Passage, StageAudit, Staged, StatementEntry, Streak


def observations(
    found: Ledger,
    rows: Sequence[Streak],
    stages: Sequence[StageAudit],
    documents: Sequence[Staged],
    data: JourneyData,
) -> tuple[Observation, ...]:
    """All of them, in the order in which a reader asks."""
    return (
        *_first_ask(found, stages),
        *_care_before(found, stages),
        *_silent(stages),
        *_row_of_papers(found, documents, data),
        *_row(rows, found, stages),
        *_overdrawn(stages),
        *_unaudited(stages, data),
    )


def _title(name: str, stages: Sequence[StageAudit]) -> str:
    return next((stage.title for stage in stages if stage.name == name), name)


def _quotes(*entries: StatementEntry) -> tuple[Passage, ...]:
    return tuple(entry.passage for entry in entries if entry.passage is not None)


def _is_look(entry: StatementEntry) -> bool:
    """About how the paper looks: it asks for nothing."""
    return entry.rule.startswith(scoring.weights().presentation)


def _first_ask(found: Ledger, stages: Sequence[StageAudit]) -> Iterator[Observation]:
    entries = found.entries
    ask = next((at for at, each in enumerate(entries) if each.amount < 0 and not _is_look(each)), None)
    gift = next((at for at, each in enumerate(entries) if each.amount > 0), None)
    if ask is None and gift is None:
        return
    if ask is None:
        yield Observation("first-ask", "Nothing is taken on the whole way.", good=True)
    elif gift is None:
        said = "The customer is asked, and on the whole way nothing was found that is given unasked."
        yield Observation("first-ask", said, stages=(entries[ask].stage,), passages=_quotes(entries[ask]))
    elif gift < ask:
        given = sum(each.amount for each in entries[:ask])
        said = (
            f"The first gift comes before the first ask: {given:.1f} points are paid in when the first thing "
            f"is taken, in “{_title(entries[ask].stage, stages)}”."
        )
        where = (entries[gift].stage, entries[ask].stage)
        yield Observation("first-ask", said, good=True, stages=where, passages=_quotes(entries[gift]))
    else:
        taken = -sum(each.amount for each in entries[:gift])
        said = (
            f"The first ask comes before the first gift: in “{_title(entries[ask].stage, stages)}” the "
            f"customer is asked, in “{_title(entries[gift].stage, stages)}” something is given for the "
            f"first time; {taken:.1f} points are taken until then."
        )
        quotes = _quotes(entries[ask], entries[gift])
        yield Observation(
            "first-ask", said, stages=(entries[ask].stage, entries[gift].stage), passages=quotes
        )


def _care_before(found: Ledger, stages: Sequence[StageAudit]) -> Iterator[Observation]:
    early = [stage for stage in stages if not stage.customer and stage.documents]
    names = tuple(stage.name for stage in early)
    if not any(_judged(stage) for stage in early):
        why = "no document is from then" if not early else "too little of the documents from then was read"
        yield Observation(
            "care-before", f"Care before people are customers: could not tell, {why}.", stages=names
        )
        return
    given = sum(stage.deposits for stage in early)
    taken = sum(stage.withdrawals for stage in early)
    gifts = [each for each in found.entries if each.stage in names and each.amount > 0]
    if not gifts:
        said = f"{taken:.1f} points are taken" if taken else "nothing is taken"
        yield Observation(
            "care-before", f"Before people are customers nothing is given, and {said}.", stages=names
        )
        return
    best = max(gifts, key=lambda each: each.amount)
    said = f"Before people are customers {given:.1f} points are given and {taken:.1f} taken."
    yield Observation("care-before", said, good=given >= taken, stages=names, passages=_quotes(best))


def _judged(stage: StageAudit) -> bool:
    """Whether something could be said of its documents."""
    return bool(stage.documents) and (stage.score is not None or stage.deposits + stage.withdrawals > 0)


def _silent(stages: Sequence[StageAudit]) -> Iterator[Observation]:
    judged = [stage for stage in stages if _judged(stage)]
    silent = [stage for stage in judged if not stage.deposits]
    if silent:
        named = ", ".join(f"“{stage.title}”" for stage in silent)
        said = (
            f"{len(silent)} of {len(judged)} stages give{'s' if len(silent) == 1 else ''} nothing: {named}."
        )
        yield Observation("silent-stage", said, stages=tuple(stage.name for stage in silent))


def _row_of_papers(found: Ledger, documents: Sequence[Staged], data: JourneyData) -> Iterator[Observation]:
    """The longest row of papers that each take more than they give."""
    longest: list[int] = []
    row: list[int] = []
    for number, (given, taken) in enumerate(found.by_document):
        row = [*row, number] if taken > given else [] if given > taken else row
        longest = row if len(row) > len(longest) else longest
    if len(longest) < data.streak_from:
        return
    named = ", ".join(documents[number].path for number in longest[:4])
    more = f" and {len(longest) - 4} more" if len(longest) > 4 else ""
    said = (
        f"{len(longest)} papers in a row take more than they give ({named}{more}); from number "
        f"{data.streak_from} on, what they take weighs x {data.streak_factor:g}."
    )
    stages = tuple(dict.fromkeys(documents[number].stage for number in longest))
    yield Observation("papers-in-a-row", said, stages=stages)


def _row(rows: Sequence[Streak], found: Ledger, stages: Sequence[StageAudit]) -> Iterator[Observation]:
    if not rows:
        return
    worst = rows[0]
    count = sum(each.amount < 0 for each in found.entries[worst.first : worst.last + 1])
    first, last = found.entries[worst.first], found.entries[worst.last]
    where = _title(first.stage, stages)
    until = "" if first.stage == last.stage else f" to “{_title(last.stage, stages)}”"
    said = (
        f"{count} withdrawals follow each other with nothing given between, in “{where}”{until}: "
        f"{-worst.amount:.1f} points, {worst.extra:.1f} of them because they come in a row."
    )
    yield Observation("streak", said, stages=worst.stages, passages=_quotes(first, last))


def _overdrawn(stages: Sequence[StageAudit]) -> Iterator[Observation]:
    """Where the running balance falls under nothing, and whether it comes back."""
    under = next((stage for stage in stages if stage.opening >= 0 > stage.closing), None)
    if under is None:
        return
    last = stages[-1]
    back = "and comes back into credit" if last.closing >= 0 else "and does not come back into credit"
    said = f"The account is overdrawn in “{under.title}” {back}: it ends at {last.closing:+.1f} points."
    yield Observation("overdrawn", said.replace("-", "−"), stages=(under.name,))


def _unaudited(stages: Sequence[StageAudit], data: JourneyData) -> Iterator[Observation]:
    present = {stage.name for stage in stages if stage.documents}
    missing = [stage for stage in data.stages if stage.id not in present]
    if missing:
        named = ", ".join(stage.title.lower() for stage in missing)
        said = f"Not audited, since no document of theirs is here: {named}."
        yield Observation("not-audited", said, stages=tuple(stage.id for stage in missing))
