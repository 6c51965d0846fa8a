"""Contrast and type sizes, as a reader's eye meets them."""

from __future__ import annotations

from collections.abc import Mapping

from trustaudit.document import BlockKind, Color, Document, Run

LARGEST_SHEET = 900.0
"""Points of the short side above which a page (larger than A3) is taken for an enlarged A4 one."""

_A4_SHORT = 595.0
_BODY_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL})
_GAP, _WIDTH = 0.2, 0.4  # points: sizes nearer than the gap are one size, unless they drift wider than this
_ROUGHLY = 2.0  # times as much for sizes that were told from pictures


def luminance(color: Color) -> float:
    """Relative luminance of an sRGB colour, 0..1 (WCAG 2.2, definition of *relative luminance*)."""
    red, green, blue = (_linear(part / 255) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio of two colours, 1..21 (WCAG 2.2, *contrast ratio*); the order does not matter."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def run_contrast(run: Run) -> float | None:
    """The contrast of a run: as measured, else computed from its two colours, else None."""
    if run.contrast is not None:
        return run.contrast
    if run.color is None or run.background is None:
        return None
    return contrast(run.color, run.background)


def page_scales(document: Document) -> Mapping[int, float]:
    """By page number, the factor to a sheet that is held in hands; pages that need none are left out.

    Scans and exported pictures often make a page of one point a pixel, 1,700 by 2,200 points: what
    stands there in 22 points is read in 8. Small sheets are real (leaflets, labels) and stay as they are.
    """
    return {
        page.number: _A4_SHORT / min(page.width, page.height)
        for page in document.pages
        if min(page.width, page.height) > LARGEST_SHEET
    }


def seen_size(run: Run, scales: Mapping[int, float]) -> float | None:
    """The size in points on the sheet as it is read; None where the size is unknown or senseless."""
    if run.size is None or not 0 < run.size < 10_000:
        return None
    return run.size * scales.get(run.page or 0, 1.0)


def body_size(document: Document, larger_share: float = 1 / 3, *, rough: bool | None = None) -> float | None:
    """The size of the text that a reader takes as normal, in points; None where no size is known.

    It is the size with most characters among paragraphs, list items and table cells; sizes that differ by
    rounding (11.04, 11) are one. Where the small print is longer than the text it belongs to, that would
    call the small print normal: so a larger size wins that holds at least ``larger_share`` of the
    characters. ``rough`` asks for sizes that were told from pictures, or for the others; left out, the others
    are preferred.
    """
    if rough is None:
        exact = body_size(document, larger_share, rough=False)
        return body_size(document, larger_share, rough=True) if exact is None else exact
    sizes = _characters_by_size(document, rough=rough)
    if not sizes:
        return None
    groups = _groups(sizes, _ROUGHLY if rough else 1.0)
    total = sum(weight for _, weight in groups)
    most = max(weight for _, weight in groups)
    return max(size for size, weight in groups if weight == most or weight >= larger_share * total)


def _characters_by_size(document: Document, *, rough: bool) -> dict[float, int]:
    scales = page_scales(document)
    sizes: dict[float, int] = {}
    for run in document.runs:
        size = seen_size(run, scales) if run.rough is rough else None
        if size is None or run.hidden is not None:
            continue
        block = document.block_at(run.start)
        if block is not None and block.kind in _BODY_KINDS:
            size = round(size, 2)
            sizes[size] = sizes.get(size, 0) + run.end - run.start
    return sizes


def _groups(sizes: Mapping[float, int], spare: float) -> list[tuple[float, int]]:
    """Sizes that differ by rounding only as one: its commonest member, and the characters of all."""
    groups: list[list[float]] = []
    for size in sorted(sizes):
        if groups and size - groups[-1][-1] <= spare * _GAP and size - groups[-1][0] <= spare * _WIDTH:
            groups[-1].append(size)
        else:
            groups.append([size])
    return [
        (max(group, key=lambda size: (sizes[size], size)), sum(sizes[size] for size in group))
        for group in groups
    ]
