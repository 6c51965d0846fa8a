"""From a store to the values of a portfolio report, by questions that SQLite answers in one pass each."""

from __future__ import annotations

import os
import sqlite3
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from statistics import median

from trustaudit.audit import Severity
from trustaudit.portfolio import standards
from trustaudit.portfolio.clusters import clusters
from trustaudit.report.portfolio_values import FinePrint, Group, Portfolio, RuleCount, Standing

FINE_LIMIT = 0.15
"""More than this share of fine print is counted as much: the limit that the settings' example has."""
PER_PART = 5_000
_WORST = 50
_CLUSTERS = 100
_PROBLEMS = 100

_DOCUMENTS = (
    "SELECT d.id, d.path, a.id, a.kind, a.grade, a.score, a.balance, a.words, m.value FROM documents d "
    "JOIN audits a ON a.id = d.audit_id LEFT JOIN metrics m ON m.audit_id = a.id "
    "AND m.metric_id = (SELECT id FROM words WHERE text = 'fine_print_ratio') ORDER BY d.path"
)
_COUNTS = (
    "SELECT audit_id, sum(effect = 'withdrawal'), sum(severity = 'critical' AND effect != 'deposit') "
    "FROM findings WHERE counts GROUP BY audit_id"
)
_RULES = (
    "SELECT w.text, h.text, f.severity, f.favours, t.text, count(DISTINCT d.id), count(*) "
    "FROM findings f JOIN documents d ON d.audit_id = f.audit_id JOIN words w ON w.id = f.rule_id "
    "JOIN words h ON h.id = f.title_id JOIN words t ON t.id = f.topic_id "
    "WHERE f.effect = 'withdrawal' AND f.favours IN ('company', 'unknown') "
    "GROUP BY w.text, h.text, f.severity, f.favours, t.text"
)
_RULES_OF = (
    "SELECT DISTINCT f.audit_id, w.text FROM findings f JOIN words w ON w.id = f.rule_id "
    "WHERE f.effect = 'withdrawal' AND f.favours IN ('company', 'unknown') ORDER BY f.audit_id"
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The report's values, and every document, the least fair first."""

    portfolio: Portfolio
    documents: tuple[Standing, ...]


def gather(store: sqlite3.Connection, own_standards: str = "") -> Gathered:
    """``own_standards``: a pattern of paths of documents in the store that the others are measured by."""
    paths: dict[int, str] = dict(store.execute("SELECT id, path FROM documents"))
    folder = os.path.commonpath([os.path.dirname(path) for path in paths.values()]) if paths else ""  # noqa: PTH120
    shown = {number: path[len(folder) :].lstrip("/") for number, path in paths.items()}
    rules = _rules(store)
    documents, audits = _documents(store, shown)
    table, words = _standards(documents, own_standards)
    ranked = _ranked(documents, audits, table, _rules_of(store, rules))
    found, note = clusters(store, shown)
    portfolio = Portfolio(
        version=_version(),
        rules_sha256=tuple(key for (key,) in store.execute(
            "SELECT DISTINCT r.key FROM documents d JOIN audits a ON a.id = d.audit_id "
            "JOIN rulesets r ON r.id = a.ruleset_id ORDER BY 1"
        )),
        folder=folder,
        read=len(documents),
        unreadable=_count(store, "audit_id IS NULL AND NOT quarantined"),
        quarantined=_count(store, "audit_id IS NULL AND quarantined"),
        groups=_groups(documents),
        worst=tuple(each for each in ranked if each.score is not None)[:_WORST],
        rules=rules,
        fine_print=_fine_print(documents),
        fine_limit=FINE_LIMIT,
        clusters=found[:_CLUSTERS],
        clusters_note=_note(note, len(found)),
        standards=words,
        problems=tuple(
            (shown[number], problem)
            for number, problem in store.execute(
                "SELECT id, problem FROM documents WHERE audit_id IS NULL ORDER BY path LIMIT ?", (_PROBLEMS,)
            )
        ),
        parts=-(-len(ranked) // PER_PART),
        per_part=PER_PART,
        grades=Counter(each.grade or "none" for each in documents),
    )  # fmt: skip
    return Gathered(portfolio, ranked)


def _note(note: str, count: int) -> str:
    if not count:
        return "no clause that takes from the customer stands in more than one document"
    shown = f"the first {_CLUSTERS} of {count:,} are shown" if count > _CLUSTERS else ""
    return "; ".join(each for each in (note, shown) if each)


def _version() -> str:
    from trustaudit import __version__

    return __version__


def _count(store: sqlite3.Connection, condition: str) -> int:
    row = store.execute(f"SELECT count(*) FROM documents WHERE {condition}").fetchone()  # noqa: S608  # ours
    return int(row[0])


def _documents(store: sqlite3.Connection, shown: Mapping[int, str]) -> tuple[list[Standing], list[int]]:
    """Every document that was read, by path, and the numbers of their audits."""
    counts = {audit: (taken, critical) for audit, taken, critical in store.execute(_COUNTS)}
    documents, audits = [], []
    for number, _, audit, kind, grade, score, balance, words, fine in store.execute(_DOCUMENTS):
        taken, critical = counts.get(audit, (0, 0))
        documents.append(
            Standing(
                shown[number], kind, grade or "", _rounded(score), round(balance, 1), taken, critical,
                None if fine is None else round(fine, 4), words,
            )
        )  # fmt: skip
        audits.append(audit)
    return documents, audits


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 2)


def _rules(store: sqlite3.Connection) -> tuple[RuleCount, ...]:
    """Rules that take from the customer, those in most documents first."""
    rewrites = _rewrites()
    joined: dict[str, RuleCount] = {}
    for rule, title, severity, favours, topic, documents, findings in store.execute(_RULES):
        known = joined.get(rule)
        advice, rewrite = rewrites.get(rule, ("", ""))
        if known is None:
            joined[rule] = RuleCount(
                rule, title, severity, favours, topic, documents, findings, advice, rewrite
            )
            continue
        worst = max(known.severity, severity, key=lambda each: Severity(each).rank)
        joined[rule] = replace(known, severity=worst, findings=known.findings + findings)
    for rule, documents in store.execute(
        "SELECT w.text, count(DISTINCT d.id) FROM findings f JOIN documents d ON d.audit_id = f.audit_id "
        "JOIN words w ON w.id = f.rule_id WHERE f.effect = 'withdrawal' "
        "AND f.favours IN ('company', 'unknown') GROUP BY f.rule_id"
    ):
        joined[rule] = replace(joined[rule], documents=documents)
    return tuple(sorted(joined.values(), key=lambda each: (-each.documents, -each.findings, each.rule)))


def _rewrites() -> dict[str, tuple[str, str]]:
    """Advice and balanced wording of our own rules, by id."""
    from trustaudit.ruleset import load_rules

    return {rule.id: (rule.advice, rule.rewrite) for rule in load_rules().rules}


def _rules_of(store: sqlite3.Connection, rules: Sequence[RuleCount]) -> dict[int, tuple[int, ...]]:
    """For each audit, which of the rules take something."""
    number = {rule.rule: at for at, rule in enumerate(rules)}
    found: dict[int, tuple[int, ...]] = {}
    for audit, rule in store.execute(_RULES_OF):
        found[audit] = (*found.get(audit, ()), number[rule])
    return found


def _standards(documents: Sequence[Standing], pattern: str) -> tuple[tuple[float, ...], str]:
    if not pattern:
        return standards.SCORES, standards.WORDS
    chosen = [each.score for each in documents if fnmatchcase(each.path, pattern) and each.score is not None]
    words = f"{len(chosen):,} documents of this portfolio that fit {pattern}"
    return standards.table_of(chosen), words if chosen else ""


def _ranked(
    documents: Sequence[Standing],
    audits: Sequence[int],
    table: Sequence[float],
    rules_of: Mapping[int, tuple[int, ...]],
) -> tuple[Standing, ...]:
    """Every document with its percentiles, the least fair first, those without a score last."""
    scores: dict[str, list[float]] = {}
    for each in documents:
        if each.score is not None:
            scores.setdefault(each.kind, []).append(each.score)
    for listed in scores.values():
        listed.sort()
    placed = [
        replace(
            each,
            percentile=_among(each.score, scores.get(each.kind, [])),
            of_standards=_of_standards(each, table),
            rules=rules_of.get(audit, ()),
        )
        for each, audit in zip(documents, audits, strict=True)
    ]
    return tuple(sorted(placed, key=lambda each: (each.score is None, each.score or 0.0, each.path)))


def _among(score: float | None, others: Sequence[float]) -> float | None:
    """The share of the other documents of its kind that score lower; those that score the same count half."""
    if score is None or len(others) < 2:
        return None
    below, upto = bisect_left(others, score), bisect_right(others, score)
    return round(100 * (below + (upto - below - 1) / 2) / (len(others) - 1), 1)


def _of_standards(document: Standing, table: Sequence[float]) -> float | None:
    if document.score is None or not table or document.kind not in standards.KINDS:
        return None
    return standards.percentile(document.score, table)


def _groups(documents: Sequence[Standing]) -> tuple[Group, ...]:
    by_kind: dict[str, list[Standing]] = {}
    for each in documents:
        by_kind.setdefault(each.kind, []).append(each)
    return tuple(_group(kind, by_kind[kind]) for kind in sorted(by_kind))


def _group(kind: str, documents: Sequence[Standing]) -> Group:
    scores = [each.score for each in documents if each.score is not None]
    steps = Counter(min(int(score // 5), 19) for score in scores)
    return Group(
        kind=kind,
        documents=len(documents),
        grades=Counter(each.grade or "none" for each in documents),
        scores=tuple(steps[step] for step in range(20)),
        median=round(median(scores), 1) if scores else None,
    )


def _fine_print(documents: Sequence[Standing]) -> tuple[FinePrint, ...]:
    made = []
    for kind in sorted({each.kind for each in documents}):
        shares = sorted(
            each.fine_print for each in documents if each.kind == kind and each.fine_print is not None
        )
        count = sum(each.kind == kind for each in documents)
        if not shares:
            made.append(FinePrint(kind, count, 0))
            continue
        made.append(
            FinePrint(
                kind, count, len(shares), median(shares), shares[round(0.75 * (len(shares) - 1))], shares[-1],
                sum(share > FINE_LIMIT for share in shares),
            )
        )  # fmt: skip
    return tuple(made)
