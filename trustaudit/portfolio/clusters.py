"""Clauses that stand in many documents in nearly the same words, and which of the wordings is fairest.

Exact repeats are told by the hashes in the store. Near repeats are proposed by MinHash signatures (of a
library, with fixed seeds) and then measured: two wordings are alike when at least ``ALIKE`` of their runs of
three words are the same (Jaccard index, Broder 1997).
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from trustaudit.audit import Confidence, Severity
from trustaudit.batch.store_clauses import words_of
from trustaudit.batch.store_text import unpack_text
from trustaudit.errors import UsageError
from trustaudit.report.portfolio_values import Cluster, Variant
from trustaudit.scoring.weights import weights

ALIKE = 0.7
MOST = 200_000
"""Wordings that are compared; the rest, the rarest, is left out and the report says so."""
_PERMUTATIONS = 96
_SEED = 20_240_229
_LISTED = 8  # variants of a cluster in a report
_EXAMPLES = 3
_LONGEST = 1_200  # characters of a wording in a report


@dataclass(slots=True)
class Wording:
    """One wording, gathered over all documents. ``weight`` is a sum; ``where`` its first place."""

    documents: int = 0
    weight: float = 0.0
    severity: int = -1
    where: tuple[int, int, int] = (0, 0, 0)  # text, start, end
    rules: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)

    @property
    def mean(self) -> float:
        return round(self.weight / self.documents, 2)


def clusters(store: sqlite3.Connection, shown: Mapping[int, str]) -> tuple[tuple[Cluster, ...], str]:
    """Clusters in which a wording takes from the customer, those first that one change would repair most.

    ``shown``: the paths of documents by number. With a note on what was left out. Raises ``UsageError``
    where the library is not installed.
    """
    wordings = _gathered(store, shown)
    _index(store)
    ranked = sorted(wordings, key=lambda name: (-wordings[name].documents, name))
    note = ""
    if len(ranked) > MOST:
        note = f"the {MOST:,} most frequent of {len(ranked):,} wordings were compared"
    ranked = ranked[:MOST]
    texts = dict(_texts(store, {name: wordings[name] for name in ranked}))
    made = []
    for group in _groups(ranked, texts):
        hurting = any(wordings[name].weight > 0 for name in group)
        if hurting and sum(wordings[name].documents for name in group) > 1:
            made.append(_cluster(store, [(name, wordings[name], texts[name]) for name in group]))
    return tuple(sorted(made, key=_order)), note


def _order(each: Cluster) -> tuple[int, float, int, str]:
    """Those first that repair most documents, then those that take most."""
    return -each.repaired, -each.variants[0].weight, -each.documents, each.variants[0].text


def _index(store: sqlite3.Connection) -> None:
    """Clauses by their hash, for this connection alone: the store itself is only read."""
    store.execute("DROP TABLE IF EXISTS temp.wording")
    store.execute("CREATE TEMP TABLE wording AS SELECT DISTINCT hash, text_id FROM clauses")
    store.execute("CREATE INDEX temp.wording_hash ON wording (hash)")


def _gathered(store: sqlite3.Connection, shown: Mapping[int, str]) -> dict[int, Wording]:
    """Every wording with the documents that have it and what is found in it, by its hash."""
    found: dict[int, Wording] = {}
    for text, documents, clauses, findings in _by_text(store):
        starts = [start for start, _, _ in clauses]
        taken: dict[int, list[tuple[float, str, str]]] = {}
        for start, weight, severity, rule in findings:
            at = bisect_right(starts, start) - 1
            if at >= 0 and start < clauses[at][1]:
                taken.setdefault(clauses[at][2], []).append((weight, severity, rule))
        for start, end, name in {clause[2]: clause for clause in reversed(clauses)}.values():
            wording = found.setdefault(name, Wording(where=(text, start, end)))
            _add(wording, taken.get(name, []), [shown.get(each, "") for each in documents])
    return found


def _add(wording: Wording, taken: Sequence[tuple[float, str, str]], paths: Sequence[str]) -> None:
    wording.documents += len(paths)
    wording.weight += sum(weight for weight, _, _ in taken) * len(paths)
    for _, severity, rule in taken:
        wording.severity = max(wording.severity, Severity(severity).rank)
        wording.rules[rule] = wording.rules.get(rule, 0) + len(paths)
    wording.examples.extend(paths[: max(_EXAMPLES - len(wording.examples), 0)])


Row = tuple[int, list[int], list[tuple[int, int, int]], list[tuple[int, float, str, str]]]


def _by_text(store: sqlite3.Connection) -> Iterator[Row]:
    """Each text that holds: its documents, clauses, and what is found in it for the company."""
    current = store.execute(
        "SELECT a.text_id, a.id, group_concat(d.id) FROM documents d JOIN audits a ON a.id = d.audit_id "
        "GROUP BY a.id ORDER BY a.text_id, a.id"
    )
    for text, audit, listed in current:
        clauses = store.execute(
            'SELECT start, "end", hash FROM clauses WHERE text_id = ? ORDER BY start', (text,)
        ).fetchall()
        if clauses:
            rows = store.execute(
                "SELECT f.start, f.weight, f.severity, f.confidence, w.text FROM findings f "
                "JOIN words w ON w.id = f.rule_id WHERE f.audit_id = ? "
                "AND f.effect = 'withdrawal' AND f.favours = 'company' AND f.counts",
                (audit,),
            ).fetchall()
            findings = [
                (start, points(weight, severity, confidence), severity, rule)
                for start, weight, severity, confidence, rule in rows
            ]
            yield text, sorted(map(int, listed.split(","))), clauses, findings


def points(weight: float, severity: str, confidence: str) -> float:
    """What a withdrawal takes by itself: its rule's own weight, else its severity's, times how sure it is.

    The points are those of ``rules/weights.yaml``, before repetition and streaks, which are of the document.
    """
    known = weights()
    return (weight or known.severity[Severity(severity)]) * known.confidence[Confidence(confidence)]


def _texts(store: sqlite3.Connection, wordings: Mapping[int, Wording]) -> Iterator[tuple[int, str]]:
    """The words of each wording, each text unpacked once."""
    by_text: dict[int, list[tuple[int, int, int]]] = {}
    for name, wording in wordings.items():
        text, start, end = wording.where
        by_text.setdefault(text, []).append((name, start, end))
    for text, places in by_text.items():
        (body,) = store.execute("SELECT body FROM texts WHERE id = ?", (text,)).fetchone()
        whole = unpack_text(body)
        for name, start, end in places:
            yield name, whole[start:end]


def _groups(ranked: Sequence[int], texts: Mapping[int, str]) -> Iterator[list[int]]:
    """Wordings that are alike, each in one group: round the most frequent that is in none yet."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        raise UsageError(
            "clusters of clauses need datasketch; install it with: pip install 'trustaudit[batch]'"
        ) from None
    runs = {name: _runs(texts[name]) for name in ranked}
    hashes = MinHash.bulk(
        ([b"%d" % run for run in sorted(runs[name])] for name in ranked),
        num_perm=_PERMUTATIONS, seed=_SEED, hashfunc=crc32,
    )  # fmt: skip
    # proposes more than is asked for, as what it misses is lost and what is too much is measured below
    index = MinHashLSH(threshold=ALIKE - 0.2, num_perm=_PERMUTATIONS, weights=(0.2, 0.8))
    for name, hashed in zip(ranked, hashes, strict=True):
        index.insert(name, hashed, check_duplication=False)
    taken: set[int] = set()
    for name, hashed in zip(ranked, hashes, strict=True):
        if name in taken:
            continue
        near = [each for each in index.query(hashed) if each not in taken and alike(runs[name], runs[each])]
        group = [name, *(each for each in ranked_by(near, texts) if each != name)]
        taken.update(group)
        yield group


def ranked_by(names: Iterable[int], texts: Mapping[int, str]) -> list[int]:
    """In an order that does not hang on a set's."""
    return sorted(names, key=lambda name: (texts[name], name))


def _runs(text: str) -> frozenset[int]:
    """Hashes of every three words that follow each other."""
    words = words_of(text)
    return frozenset(
        crc32(" ".join(words[at : at + 3]).encode("utf-8", "replace")) for at in range(len(words) - 2)
    )


def alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two wordings share enough of their runs of words."""
    return len(one & other) >= ALIKE * len(one | other)


Member = tuple[int, Wording, str]
"""A wording's hash, what is known of it, and its words."""


def _cluster(store: sqlite3.Connection, members: Sequence[Member]) -> Cluster:
    """``fairest``: the least weight of withdrawals, then the mildest, then the most frequent wording.

    Where every wording is as bad, a better one has to be written: it repairs all that take something.
    """
    ordered = sorted(members, key=lambda each: (-each[1].documents, each[2]))
    best = min(ordered, key=lambda each: (each[1].mean, each[1].severity, -each[1].documents, each[2]))
    worse = [name for name, wording, _ in ordered if wording.mean > best[1].mean]
    worse = worse or [name for name, wording, _ in ordered if wording.weight > 0]
    listed = ordered[:_LISTED]
    if best not in listed:
        listed = [*listed[:-1], best]
    return Cluster(
        documents=_documents(store, [name for name, _, _ in ordered]),
        variants=tuple(_variant(wording, text) for _, wording, text in listed),
        fairest=listed.index(best),
        repaired=_documents(store, worse),
        wordings=len(ordered),
    )


def _documents(store: sqlite3.Connection, names: Sequence[int]) -> int:
    """In how many documents one of these wordings stands; one that has two of them counts once."""
    (count,) = store.execute(
        "SELECT count(DISTINCT d.id) FROM json_each(?) j JOIN wording w ON w.hash = j.value "
        "JOIN audits a ON a.text_id = w.text_id JOIN documents d ON d.audit_id = a.id",
        (json.dumps(names),),
    ).fetchone()
    return int(count)


def _variant(wording: Wording, text: str) -> Variant:
    severity = "" if wording.severity < 0 else tuple(Severity)[wording.severity].value
    rules = sorted(wording.rules, key=lambda rule: (-wording.rules[rule], rule))
    plain = " ".join(text.split())
    return Variant(
        text=plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…",
        documents=wording.documents,
        weight=wording.mean,
        severity=severity,
        rules=tuple(rules),
        examples=tuple(sorted(wording.examples)[:_EXAMPLES]),
    )
