"""What the templates of a comparison show: plain values, worst first, every number already a word."""

from __future__ import annotations

from collections.abc import Sequence

from trustaudit.audit import Confidence, Effect, Finding
from trustaudit.comparison import (
    Alone,
    Aspect,
    Change,
    ClauseChange,
    Comparison,
    DocumentChange,
    FindingChange,
    FindingTurn,
    MetricChange,
    NormChange,
    Passage,
    TopicChange,
    Turn,
)
from trustaudit.report import diff_words, words
from trustaudit.report.diff_marks import Piece, marked
from trustaudit.report.diff_rows import (
    AloneView,
    ClauseRow,
    ComparisonView,
    DocumentView,
    FindingRow,
    MetricRow,
    NormRow,
    TopicRow,
)
from trustaudit.report.escaping import one_line, shortened
from trustaudit.report.places import where

_TURNS = (Turn.WORSE, Turn.UNCLEAR, Turn.BETTER, Turn.EVEN)
_SHOWN_METRICS = (
    "score", "account_balance", "balance_share", "fine_print_ratio", "money_first", "deposits", "withdrawals",
    "burial_index", "reading_ease", "words",
)  # fmt: skip


def view(comparison: Comparison) -> ComparisonView:
    """Everything that the templates need."""
    documents = tuple(_document(each, f"d{at}") for at, each in enumerate(comparison.documents, 1))
    return ComparisonView(
        comparison=comparison,
        headline=diff_words.HEADLINE[comparison.turn],
        turn=comparison.turn,
        sign=diff_words.SIGN[comparison.turn],
        summary=_summary(comparison),
        documents=documents,
        added=tuple(_alone(each, FindingTurn.NEW) for each in comparison.added),
        removed=tuple(_alone(each, FindingTurn.GONE) for each in comparison.removed),
        account=tuple(_metric(each) for each in comparison.account if each.differs or each.name == "score"),
        worse=tuple(_without_name(said, comparison) for said in comparison.worse),
        single=_single(comparison),
    )


def _single(comparison: Comparison) -> bool:
    return [each.pairing.by for each in comparison.documents] == ["given"]


def _without_name(said: str, comparison: Comparison) -> str:
    """Where two documents were named, every line is of the same one."""
    one = _single(comparison)
    return said.removeprefix(f"{comparison.documents[0].new.name}: ") if one else said


def _document(document: DocumentChange, key: str) -> DocumentView:
    loud = (Change.CHANGED, Change.NEW, Change.GONE)
    shown = [each for each in document.clauses if each.change is not Change.SAME]
    told = [each for each in shown if each.change in loud and not each.title]
    quiet = [each for each in shown if each.change not in loud or each.title]
    clauses = tuple(_clause(run, at) for at, run in enumerate(_runs(told), 1))
    metrics = {each.name: each for each in document.metrics}
    renamed = one_line(document.old.name) if document.pairing.by == "content" else ""
    return DocumentView(
        key=key,
        old=document.old,
        new=document.new,
        name=one_line(document.new.name) or "untitled text",
        renamed=renamed,
        old_grade=document.old.grade or "–",
        new_grade=document.new.grade or "–",
        summary=counts(document),
        metrics=tuple(_metric(metrics[name]) for name in _SHOWN_METRICS if name in metrics),
        norms=ordered([norm for each in clauses for norm in each.norms]),
        findings=tuple(finding_row(each) for each in document.findings if _tells(each)),
        clauses=clauses,
        quiet=tuple(_clause([each], at) for at, each in enumerate(quiet, len(clauses) + 1)),
        topics=tuple(_topic(each) for each in document.topics),
        same=document.count(Change.SAME),
        notes=document.notes,
        differs=document.differs,
    )


def ordered(norms: Sequence[NormRow]) -> tuple[NormRow, ...]:
    """Worse first, then what has to be checked, better, even; what changed before what came or went."""

    def rank(row: NormRow) -> tuple[int, bool, bool, int]:
        alone = row.aspect in (Aspect.NEW, Aspect.GONE)
        return _TURNS.index(row.turn), row.check, alone, row.number

    return tuple(sorted(norms, key=rank))


def _tells(change: FindingChange) -> bool:
    """Notes and what stands as before are left to the JSON report."""
    changed = change.turn not in (FindingTurn.SAME, FindingTurn.MOVED)
    return changed and change.finding.effect is not Effect.NOTE


def _runs(clauses: Sequence[ClauseChange]) -> list[list[ClauseChange]]:
    """New clauses in a row under one heading are one, and so are those that are gone."""
    runs: list[list[ClauseChange]] = []
    for clause in clauses:
        last = runs[-1][-1] if runs else None
        alone = clause.change in (Change.NEW, Change.GONE)
        if last and alone and last.change is clause.change and _heading(last) == _heading(clause):
            runs[-1].append(clause)
        else:
            runs.append([clause])
    return runs


def _heading(clause: ClauseChange) -> str:
    passage = clause.new or clause.old
    return passage.heading if passage else ""


def _clause(run: Sequence[ClauseChange], number: int) -> ClauseRow:
    clause = run[0]
    old, new = clause.old, clause.new
    if old and new and clause.change is not Change.MOVED:
        was, now = marked(old.quote, new.quote)
    else:  # what stands alone is new or gone as a whole
        alone = clause.change in (Change.NEW, Change.GONE)
        was = (Piece("\n".join(each.old.quote for each in run if each.old), alone),) if old else ()
        now = (Piece("\n".join(each.new.quote for each in run if each.new), alone),) if new else ()
    turns = {each.turn for each in run}
    turn = next((turn for turn in _TURNS if turn in turns), Turn.EVEN)
    return ClauseRow(
        number=number,
        change=diff_words.CHANGE[clause.change],
        turn=turn,
        word=diff_words.TURN[turn],
        moved=clause.moved,
        heading=shortened(_heading(clause), 80),
        old=was,
        new=now,
        old_place=_place(old),
        new_place=_place(new),
        norms=tuple(_norm(each, number) for part in run for each in part.norms),
    )


def _norm(norm: NormChange, number: int) -> NormRow:
    return NormRow(
        said=one_line(norm.said),
        subject=one_line(norm.subject),
        was=one_line(norm.was),
        now=one_line(norm.now),
        turn=norm.turn,
        word=diff_words.TURN[norm.turn],
        sign=diff_words.SIGN[norm.turn],
        check=norm.confidence is Confidence.LOW or norm.aspect is Aspect.SCOPE,
        place=_place(norm.new) or _gone_place(norm.old),
        number=number,
        aspect=norm.aspect,
    )


def _place(passage: Passage | None) -> str:
    return where(passage.page, passage.line) if passage else ""


def _gone_place(passage: Passage | None) -> str:
    place = _place(passage)
    return f"was {place}" if place else ""


def finding_row(change: FindingChange) -> FindingRow:
    found = change.finding
    place = where(found.page, found.line)
    return FindingRow(
        turn=diff_words.FINDING[change.turn],
        effect=found.effect.value,
        good=change.helps,
        bad=change.harms,
        severity=_severity(found),
        style=_style(found),
        title=found.title,
        rule=found.rule,
        quote=shortened(found.quote, 200),
        why=one_line(change.why),
        place=place if change.new or not place else f"was {place}",
        advice=found.advice if change.harms else "",
    )


def _severity(found: Finding) -> str:
    return words.SEVERITY[found.severity] if found.effect is Effect.WITHDRAWAL else words.EFFECT[found.effect]


def _style(found: Finding) -> str:
    return found.severity.value if found.effect is Effect.WITHDRAWAL else found.effect.value


def _metric(metric: MetricChange) -> MetricRow:
    return MetricRow(
        diff_words.METRIC.get(metric.name, metric.name.replace("_", " ")),
        diff_words.value(metric, metric.old),
        diff_words.value(metric, metric.new),
        diff_words.difference(metric),
        metric.turn,
        "" if metric.old == metric.new or metric.name == "words" else diff_words.TURN[metric.turn],
    )


def _topic(topic: TopicChange) -> TopicRow:
    return TopicRow(
        topic.topic.replace("-", " "), topic.old, topic.new, diff_words.TURN[topic.turn], topic.turn
    )


def _alone(each: Alone, turn: FindingTurn) -> AloneView:
    changes = (
        FindingChange(turn, None, found) if turn is FindingTurn.NEW else FindingChange(turn, found, None)
        for found in each.findings
    )
    worst = sorted(changes, key=lambda change: (not change.harms, -change.severity.rank))
    return AloneView(
        one_line(each.version.name),
        each.version.grade or "–",
        "no score" if each.score is None else words.number(each.score),
        tuple(finding_row(change) for change in worst if change.finding.effect is not Effect.NOTE),
    )


def counts(document: DocumentChange) -> str:
    """``3 norms differ (1 worse, 2 to check); 1 clause new, 2 gone; 4 reworded and 1 moved, meaning …``."""
    turns = {turn: sum(norm.turn is turn for norm in document.norms) for turn in _TURNS}
    inside = ", ".join(f"{amount} {diff_words.TURN[turn]}" for turn, amount in turns.items() if amount)
    total = len(document.norms)
    parts = [f"{words.count(total, 'norm differs', 'norms differ')}{f' ({inside})' if inside else ''}"]
    new, gone = document.count(Change.NEW), document.count(Change.GONE)
    if new or gone:
        parts.append(f"{words.count(new, 'clause')} new, {gone} gone")
    reworded, moved = document.count(Change.REWORDED), document.count(Change.MOVED)
    if reworded or moved:
        said = [f"{reworded} reworded" if reworded else "", f"{moved} moved" if moved else ""]
        parts.append(" and ".join(filter(None, said)) + " with the same meaning")
    parts.append(f"{document.count(Change.SAME)} as they were")
    return "; ".join(parts) + "."


def _summary(comparison: Comparison) -> str:
    if _single(comparison):
        return counts(comparison.documents[0])
    differ = sum(each.differs for each in comparison.documents)
    parts = [f"{words.count(len(comparison.documents), 'document')} in both versions, {differ} differ"]
    parts += [f"{len(comparison.added)} new"] if comparison.added else []
    parts += [f"{len(comparison.removed)} gone"] if comparison.removed else []
    parts += [words.count(len(comparison.norms), "norm differs", "norms differ")]
    return "; ".join(parts) + "."
