"""The burial index: where burdens and benefits stand, in one number with its reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustaudit
from trustaudit.audit import Confidence, Effect, Finding, Measure, Severity, Side
from trustaudit.document import Block, BlockKind, Document, Hidden, Run, Span
from trustaudit.language.norms import Modality, Norm
from trustaudit.metrics import burial_index, fine_print

WORDS = "the parties agree that each of them keeps its promises and tells the other in good time of changes"
BODY = 30  # blocks of plain text
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def paper(*special: tuple[BlockKind, dict[str, object]]) -> tuple[Document, list[Span]]:
    """A paper in 10 points, with the special blocks at its beginning, and where those stand."""
    text, blocks, runs, spans = "", [], [], []
    for kind, set_so in [*special, *[(BlockKind.PARAGRAPH, {})] * BODY]:
        start = len(text)
        text += WORDS + "\n\n"
        span = Span(start, start + len(WORDS))
        blocks.append(Block(*span, kind))
        runs.append(Run(*span, **{"size": 10.0, "color": BLACK, "background": WHITE, **set_so}))  # type: ignore[arg-type]
        spans.append(span)
    return Document(text, tuple(blocks), tuple(runs)), spans[: len(special)]


def finding(document: Document, span: Span, effect: Effect, **more: str) -> Finding:
    favours = Side.CUSTOMER if effect is Effect.DEPOSIT else Side.COMPANY
    return Finding(
        "test/rule", "A rule", Severity.MAJOR, Confidence.HIGH, effect, favours, more.get("topic", "other"),
        document.quote(span), *span, root=more.get("root", ""),
    )  # fmt: skip


def index(
    burden: dict[str, object], benefit: dict[str, object], kinds: tuple[BlockKind, BlockKind]
) -> Measure:
    document, spans = paper(*[(kinds[0], burden)] * 2, *[(kinds[1], benefit)] * 2)
    effects = [Effect.WITHDRAWAL] * 2 + [Effect.DEPOSIT] * 2
    found = [finding(document, *pair) for pair in zip(spans, effects, strict=True)]
    return burial_index(document, fine_print(document), found)


TEXT = (BlockKind.PARAGRAPH, BlockKind.PARAGRAPH)


@pytest.mark.parametrize(
    ("burden", "benefit", "kinds", "value"),
    [
        ({}, {}, TEXT, 0.0),
        ({}, {"size": 15.0}, TEXT, 0.5 / 3),
        ({}, {"size": 40.0}, TEXT, 0.5 / 3),
        (
            {"color": (119, 119, 119)},
            {},
            TEXT,
            (1 - (4.48 - 1.5) / 5.5 + 0.6) / 3,
        ),  # pale: it is fine print too
        ({"size": 5.0}, {}, TEXT, (0.5 + 0.6) / 3),
        ({}, {}, (BlockKind.PARAGRAPH, BlockKind.HEADING), 0.4 / 3),
        ({}, {}, (BlockKind.FOOTNOTE, BlockKind.PARAGRAPH), 0.6 / 3),
        ({"size": 5.0}, {"size": 15.0}, (BlockKind.PARAGRAPH, BlockKind.HEADING), 2 / 3),
        ({"hidden": Hidden.COVERED}, {"size": 15.0}, (BlockKind.PARAGRAPH, BlockKind.HEADING), 1.0),
        ({"size": 15.0}, {"size": 5.0}, (BlockKind.HEADING, BlockKind.PARAGRAPH), -2 / 3),
        ({"color": None}, {"color": None}, (BlockKind.PARAGRAPH, BlockKind.HEADING), 0.4 / 2),
    ],
)
def test_the_formula(
    burden: dict[str, object], benefit: dict[str, object], kinds: tuple[BlockKind, BlockKind], value: float
) -> None:
    assert index(burden, benefit, kinds).value == pytest.approx(value, abs=0.002)


def test_the_last_third_is_deeper_than_the_text_before_it() -> None:
    document, _ = paper()
    effects = {0: Effect.DEPOSIT, 1: Effect.DEPOSIT, BODY - 1: Effect.WITHDRAWAL, BODY - 2: Effect.WITHDRAWAL}
    found = [finding(document, document.blocks[at].span, effect) for at, effect in effects.items()]

    measure = burial_index(document, fine_print(document), found)

    assert measure.value == pytest.approx(0.2 / 3, abs=0.001)
    assert "2 burdens have a prominence of 0.63, 2 benefits one of 0.70" in measure.reason
    assert set(measure.evidence) == {document.blocks[at].span for at in (BODY - 1, BODY - 2)}


def test_what_cannot_be_told() -> None:
    document, spans = paper(*[(BlockKind.PARAGRAPH, {})] * 4)
    one_burden = [finding(document, spans[0], Effect.WITHDRAWAL)]
    benefits = [finding(document, span, Effect.DEPOSIT) for span in spans[2:]]
    unset = Document(document.text, document.blocks)

    few = burial_index(document, fine_print(document), [*one_burden, *benefits])
    sizeless = burial_index(unset, fine_print(unset), [*one_burden, *benefits])

    assert (few.value, few.reason) == (None, "fewer than 2 burdens were found")
    assert (sizeless.value, sizeless.reason) == (None, "the format has no type sizes")


def test_a_clause_counts_once_and_findings_about_the_paper_do_not() -> None:
    document, spans = paper(*[(BlockKind.PARAGRAPH, {})] * 4)
    found = [
        finding(document, spans[0], Effect.WITHDRAWAL),
        *[finding(document, s, Effect.DEPOSIT) for s in spans[2:]],
    ]
    more = [finding(document, spans[0], Effect.WITHDRAWAL, root="0" * 32),
            finding(document, spans[1], Effect.WITHDRAWAL, topic="fine-print")]  # fmt: skip

    assert burial_index(document, fine_print(document), [*found, *more]).value is None


def norm(side: Side, modality: Modality, span: Span, source: str = "active") -> Norm:
    return Norm("", side, modality, *span, span, "", source=source)


def test_duties_and_rights_count_where_nothing_was_found() -> None:
    kinds: list[tuple[BlockKind, dict[str, object]]] = [
        (BlockKind.HEADING, {}),
        (BlockKind.HEADING, {}),
        (BlockKind.FOOTNOTE, {}),
        (BlockKind.FOOTNOTE, {}),
    ]
    document, spans = paper(*kinds)
    norms = [
        norm(Side.COMPANY, Modality.OBLIGATION, spans[0]),
        norm(Side.CUSTOMER, Modality.ENTITLEMENT, spans[0], "owed"),
        norm(Side.CUSTOMER, Modality.PERMISSION, spans[1]),
        norm(Side.COMPANY, Modality.NO_OBLIGATION, spans[2]),
        norm(Side.CUSTOMER, Modality.PROHIBITION, spans[3]),
        *(norm(Side.BOTH, Modality.OBLIGATION, block.span) for block in document.blocks[5:9]),
        *(norm(Side.COMPANY, Modality.PERMISSION, block.span) for block in document.blocks[9:12]),
    ]

    measure = burial_index(document, fine_print(document), [], norms)

    assert measure.value == pytest.approx(1 / 3, abs=0.001)
    assert "2 burdens have a prominence of 0.50, 2 benefits one of 0.83" in measure.reason


def test_a_finding_weighs_three_norms_and_takes_the_place_of_those_in_its_clause() -> None:
    document, spans = paper(*[(BlockKind.FOOTNOTE, {})] * 1, *[(BlockKind.PARAGRAPH, {})] * 3)
    found = [finding(document, spans[0], Effect.WITHDRAWAL)]
    norms = [
        norm(Side.CUSTOMER, Modality.OBLIGATION, spans[0]),
        norm(Side.COMPANY, Modality.OBLIGATION, spans[0]),
        norm(Side.CUSTOMER, Modality.OBLIGATION, spans[1]),
        *(norm(Side.COMPANY, Modality.OBLIGATION, span) for span in spans[2:]),
    ]

    measure = burial_index(document, fine_print(document), found, norms)

    assert measure.value == pytest.approx(0.7 - (3 * 0.5 + 0.7) / 4, abs=0.001)
    assert "2 burdens" in measure.reason
    assert "2 benefits" in measure.reason


sizes = st.floats(0.1, 100)
greys = st.integers(0, 255).map(lambda grey: (grey, grey, grey))


@given(sizes, sizes, greys, greys)
def test_it_is_bounded_and_turns_with_the_sides(one: float, other: float, ink: object, faint: object) -> None:
    first, second = {"size": one, "color": ink}, {"size": other, "color": faint}

    there, back = index(first, second, TEXT).value, index(second, first, TEXT).value

    assert there is not None
    assert back is not None
    assert -1 <= there <= 1
    assert there == pytest.approx(-back, abs=0.001)


def test_it_stands_in_the_audit_and_the_report() -> None:
    good = "<h1>Thank you for waiting so patiently</h1><h2>We are sorry for the delay and will refund the postage.</h2>"
    bad = "If you do not pay today we will charge a late fee of 40 euros. Pay immediately or we suspend your account."
    page = f"{good}<p>{WORDS}</p><p style='font-size:6pt'>{bad}</p>" + f"<p>{WORDS}</p>" * 9
    audit = trustaudit.scan(page.encode(), name="mail.html", kind="message")

    index = audit.metrics["burial_index"]
    assert index is not None, audit.measures["burial_index"].reason
    assert index > 0.5
    assert "From -1 to 1, burdens stand" in audit.to_markdown()
