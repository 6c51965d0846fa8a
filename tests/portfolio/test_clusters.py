"""Which clause stands in how many documents, in which wordings, and which of them is fairest."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from trustaudit.batch.store import connect
from trustaudit.portfolio.clusters import ALIKE, _runs, alike, clusters, points
from trustaudit.report.portfolio_values import Cluster


def found(store: Path) -> tuple[Cluster, ...]:
    opened = connect(store, write=False)
    shown = dict(opened.execute("SELECT id, path FROM documents"))
    made, note = clusters(opened, shown)
    opened.close()
    assert note == ""
    return made


def test_numbers_make_no_variant_and_other_words_do(store: Path) -> None:
    (cluster,) = found(store)

    assert [each.documents for each in cluster.variants] == [5, 2]
    assert cluster.documents == 7
    assert cluster.wordings == 2
    assert "agreement number 0." in cluster.variants[0].text
    assert cluster.variants[0].severity in {"major", "critical"}
    assert "one-sided/unilateral-change" in cluster.variants[0].rules or cluster.variants[0].rules
    assert len(cluster.variants[0].examples) == 3


def test_where_all_are_as_bad_each_is_to_be_repaired(store: Path) -> None:
    (cluster,) = found(store)

    assert cluster.repaired == 7


def test_the_fairest_wording_repairs_the_others(store: Path, tmp_path: Path) -> None:
    """The same store, in which nothing was found in the two documents of the rarer wording."""
    copy = Path(shutil.copy(store, tmp_path))
    with sqlite3.connect(copy) as opened:
        opened.execute(
            "DELETE FROM findings WHERE effect = 'withdrawal' AND audit_id IN (SELECT audit_id FROM documents "
            "WHERE path LIKE '%/5.md' OR path LIKE '%/6.md')"
        )

    (cluster,) = found(copy)

    assert cluster.fairest == 1
    assert cluster.best.weight == 0
    assert cluster.repaired == 5


def test_a_clause_that_takes_nothing_is_no_matter(store: Path) -> None:
    assert all("Either party" not in each.text for cluster in found(store) for each in cluster.variants)


def test_the_same_store_gives_the_same_clusters(store: Path) -> None:
    assert found(store) == found(store)


def test_one_document_with_two_wordings_counts_once(store: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(store, tmp_path))
    with sqlite3.connect(copy) as opened:
        text = (
            "SELECT a.text_id FROM documents d JOIN audits a ON a.id = d.audit_id WHERE d.path LIKE '%/{}.md'"
        )
        (harsh,) = opened.execute(text.format(0)).fetchone()
        (near,) = opened.execute(text.format(5)).fetchone()
        opened.execute(
            "INSERT INTO clauses SELECT ?, 90, 90000, 90100, hash FROM clauses WHERE text_id = ? AND hash IN "
            "(SELECT hash FROM clauses GROUP BY hash HAVING count(*) = 5)",
            (near, harsh),
        )

    (cluster,) = found(copy)

    assert sum(each.documents for each in cluster.variants) == 8
    assert cluster.documents == 7


WORDS = st.lists(
    st.sampled_from(["we", "you", "shall", "may", "pay", "the", "fees", "notice", "terms", "end"]),
    min_size=3,
    max_size=30,
)


@given(WORDS, WORDS)
def test_likeness_is_the_same_both_ways_and_whole_of_oneself(one: list[str], other: list[str]) -> None:
    first, second = _runs(" ".join(one)), _runs(" ".join(other))

    assert alike(first, first)
    assert alike(first, second) == alike(second, first)
    assert alike(first, second) == (len(first & second) / len(first | second) >= ALIKE)


def test_points_are_those_of_the_published_weights() -> None:
    assert points(0.0, "major", "high") == 5.0
    assert points(0.0, "critical", "medium") == 15 * 0.75
    assert points(3.0, "critical", "high") == 3.0
