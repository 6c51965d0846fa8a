"""What must hold of every comparison: nothing differs from itself, moving is only moving, back is the mirror."""

from __future__ import annotations

from collections import Counter
from textwrap import fill

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compare.conftest import changes, reading
from trustaudit.comparison import Change, ClauseChange, Turn
from trustaudit.journey.align import align
from trustaudit.journey.compare_units import Unit, units

CLAUSES = (
    "Supplier shall deliver the goods within 10 days of the order.",
    "Customer shall pay each invoice within 30 days of receipt.",
    "Either party may terminate this agreement with 60 days' written notice.",
    "Supplier may suspend the service if an invoice is overdue by more than 20 days.",
    "Neither party is liable for indirect or consequential damages.",
    "Customer shall not disclose the drawings to anybody.",
    "Supplier's total liability shall not exceed EUR 100,000.",
    "Customer may return unused tools within 14 days for a full refund.",
    "Supplier warrants that the goods are free from defects for two years.",
    "This agreement is governed by the law of Ireland.",
    "Supplier shall keep Customer's data confidential for three years.",
    "Customer shall insure the prototype against theft and fire.",
    "Supplier may raise the fees once a year by no more than 3%.",
    "Disputes are settled by the courts of Dublin.",
    "Supplier shall answer every complaint within five business days.",
    "Customer must keep the machine in good order.",
)

some = st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=12, unique=True)
QUIET = {Change.SAME, Change.MOVED}


def text(clauses: list[str]) -> str:
    return "\n\n".join(clauses)


def kinds(found: tuple[ClauseChange, ...]) -> Counter[Change]:
    return Counter(each.change for each in found)


@given(some)
@settings(max_examples=40)
def test_nothing_differs_from_itself(clauses: list[str]) -> None:
    assert set(kinds(changes(text(clauses), text(clauses)))) == {Change.SAME}


@given(some, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_shuffling_only_moves(clauses: list[str], chance: object) -> None:
    other = list(clauses)
    chance.shuffle(other)  # type: ignore[attr-defined]
    found = changes(text(clauses), text(other))
    assert set(kinds(found)) <= QUIET
    assert not any(each.norms for each in found)
    assert (clauses == other) == (Change.MOVED not in kinds(found))


@given(some, some)
@settings(max_examples=60)
def test_the_way_back_mirrors_the_way_there(one: list[str], two: list[str]) -> None:
    there, back = changes(text(one), text(two)), changes(text(two), text(one))
    count, mirrored = kinds(there), kinds(back)
    assert count[Change.NEW] == mirrored[Change.GONE]
    assert count[Change.GONE] == mirrored[Change.NEW]
    assert count[Change.CHANGED] == mirrored[Change.CHANGED]
    turns, back_turns = ([n.turn for c in found for n in c.norms] for found in (there, back))
    assert turns.count(Turn.WORSE) == back_turns.count(Turn.BETTER)
    assert turns.count(Turn.BETTER) == back_turns.count(Turn.WORSE)


@given(some, st.integers(1, 9), st.integers(28, 90), st.booleans())
@settings(max_examples=60)
def test_renumbering_and_rewrapping_show_nothing(
    clauses: list[str], first: int, width: int, letters: bool
) -> None:
    old = "\n\n".join(f"{at + 1}. {each}" for at, each in enumerate(clauses))
    new = "\n\n".join(
        fill(
            f"({chr(97 + at)}) {each}" if letters else f"{first}.{at + 1} {each}",
            width,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for at, each in enumerate(clauses)
    )
    old_reading, new_reading = reading(old, "terms.txt"), reading(new, "terms.txt")
    pairs = align(
        units(old_reading), units(new_reading), old_reading.document.text, new_reading.document.text
    ).pairs
    assert all(pair.similarity == 1.0 and not pair.moved for pair in pairs), pairs


@given(some, some)
@settings(max_examples=40)
def test_every_clause_of_both_versions_stands_once_and_quotes_are_exact(
    one: list[str], two: list[str]
) -> None:
    old, new = text(one), text(two)
    ours, theirs = reading(old), reading(new)
    found = changes(old, new)
    for document, passages in (
        (ours.document, [each.old for each in found if each.old]),
        (theirs.document, [each.new for each in found if each.new]),
    ):
        assert all(document.text[p.start : p.end] == p.quote for p in passages)
        starts = [p.start for p in passages]
        assert len(starts) == len(set(starts))
        assert "".join(sorted(p.quote for p in passages)).count("shall") == document.text.count("shall")
    for norm in (norm for each in found for norm in each.norms):
        assert norm.old is None or ours.document.text[norm.old.start : norm.old.end] == norm.old.quote
        assert norm.new is None or theirs.document.text[norm.new.start : norm.new.end] == norm.new.quote


words = st.lists(
    st.sampled_from(["must", "pay", "the", "fee", "within", "ten", "days", "or", "lose", "it"]), min_size=1
)


@given(st.lists(words, max_size=12), st.lists(words, max_size=12))
@settings(max_examples=120)
def test_alignment_is_one_to_one_whatever_the_words(one: list[list[str]], two: list[list[str]]) -> None:
    old, new = _units(one), _units(two)
    aligned = align(old, new, " ".join(" ".join(w) for w in one), " ".join(" ".join(w) for w in two))
    olds = [pair.old for pair in aligned.pairs if pair.old is not None]
    news = [pair.new for pair in aligned.pairs if pair.new is not None]
    assert sorted(olds) == list(range(len(aligned.old)))
    assert news == list(range(len(aligned.new)))
    for side, units_of in ((aligned.old, one), (aligned.new, two)):
        assert [word for unit in side for word in unit.words] == [w for ws in units_of for w in ws]


def _units(them: list[list[str]]) -> list[Unit]:
    out, at = [], 0
    for index, each in enumerate(them):
        length = len(" ".join(each))
        out.append(Unit(at, at + length, tuple(each), sentence=index))
        at += length + 1
    return out
