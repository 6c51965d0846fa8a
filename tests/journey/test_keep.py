"""What is kept of an audit: smaller, and the same in everything that a journey says."""

from __future__ import annotations

import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustaudit
from tests.journey.conftest import EXAMPLE
from trustaudit.audit import Audit
from trustaudit.document import Run, Span
from trustaudit.journey.keep import Keeper, joined
from trustaudit.report import markdown

LOOKS = st.tuples(st.sampled_from([8.0, 11.0, None]), st.booleans(), st.sampled_from([1, 2, None]))


def _runs(looks: list[tuple[float | None, bool, int | None]], widths: list[int]) -> list[Run]:
    runs, start = [], 0
    for (size, bold, page), width in zip(looks, widths, strict=False):
        box = (0.0, 0.0, 1.0, 1.0) if page else None
        runs.append(Run(start, start + width, size=size, bold=bold, page=page, bbox=box))
        start += width
    return runs


@given(st.lists(LOOKS, max_size=20), st.lists(st.integers(1, 9), min_size=20, max_size=20))
def test_joined_runs_say_the_same_of_every_character(
    looks: list[tuple[float | None, bool, int | None]], widths: list[int]
) -> None:
    before = _runs(looks, widths)
    after = list(joined(before))
    assert len(after) <= len(before)

    def seen(runs: list[Run]) -> list[tuple[float | None, bool, int | None]]:
        return [(run.size, run.bold, run.page) for run in runs for _ in range(run.start, run.end)]

    assert seen(before) == seen(after)
    assert all(one.end == two.start for one, two in pairwise(after))


@pytest.fixture(scope="module")
def audit() -> Audit:
    return trustaudit.scan(EXAMPLE / "contract" / "master-agreement.pdf")


def test_it_is_smaller_and_reads_the_same(audit: Audit) -> None:
    kept = Keeper().kept(audit)
    assert len(kept.document.runs) < len(audit.document.runs) * 0.7
    assert len(pickle.dumps(kept)) < len(pickle.dumps(audit))
    assert kept.document.text == audit.document.text
    assert kept.findings == audit.findings
    assert markdown([kept]) == markdown([audit])
    for found in audit.findings:
        span = Span(found.start, found.end)
        assert kept.document.place(span).page == audit.document.place(span).page


def test_texts_that_audits_repeat_are_kept_once(audit: Audit) -> None:
    """As they come from a worker, two audits share nothing."""
    keeper = Keeper()
    one, two = (keeper.kept(pickle.loads(pickle.dumps(audit))) for _ in range(2))
    for first, second in zip(one.findings, two.findings, strict=True):
        assert first.why is second.why
        assert first.references is second.references
    assert all(a is b for a, b in zip(one.outcomes, two.outcomes, strict=True))
    assert one.rule_titles is two.rule_titles
