"""The cascade: sizes in points, colours, weights, as a browser computes them."""

from __future__ import annotations

import pytest

from trustaudit.document import Hidden, Run
from trustaudit.parsing import html
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.markup import values


def run(source: str, word: str = "Word") -> Run:
    document = html.parse(source.encode(), "", Limits())
    at = document.text.index(word)
    return next(one for one in document.runs if one.start <= at < one.end)


@pytest.mark.parametrize(
    ("source", "size"),
    [
        ("<p>Word", 12.0),
        ("<p style='font-size:16px'>Word", 12.0),
        ("<p style='font-size:10pt'>Word", 10.0),
        ("<p style='font-size:1in'>Word", 72.0),
        ("<div style='font-size:20px'><p style='font-size:.5em'>Word", 7.5),
        ("<div style='font-size:20px'><p style='font-size:50%'>Word", 7.5),
        ("<html style='font-size:20px'><body style='font-size:8px'><p style='font-size:1.5rem'>Word", 22.5),
        ("<p style='font-size:small'>Word", 9.75),
        ("<p style='font-size:xx-large'>Word", 24.0),
        ("<p><small>Word", 10.0),
        ("<p><small><small>Word", 8.333),
        ("<h1>Word", 24.0),
        ("<font size=1>Word", 7.5),
        ("<font size='+2'>Word", 18.0),
        ("<p style='font:italic bold 10pt/1.5 Arial'>Word", 10.0),
        ("<p style='font-size:calc(1em + 4px)'>Word", 15.0),
        ("<p style='font-size:calc(2 * (10px - 2pt))'>Word", 11.0),
        ("<style>:root{--s:9pt}</style><p style='font-size:var(--s)'>Word", 9.0),
        ("<p style='font-size:var(--no, 11pt)'>Word", 11.0),
        ("<div style='font-size:9pt'><p style='font-size:inherit'>Word", 9.0),
        ("<div style='font-size:9pt'><p style='font-size:initial'>Word", 12.0),
        ("<style>p{font-size:9pt}#a{font-size:8pt}.b{font-size:7pt}</style><p id=a class=b>Word", 8.0),
        ("<style>p{font-size:9pt !important}</style><p style='font-size:20pt'>Word", 9.0),
        ("<style>p{font-size:9pt}p{font-size:10pt}</style><p>Word", 10.0),
        ("<style>div > p{font-size:9pt}</style><div><p>Word", 9.0),
        ("<style>div > p{font-size:9pt}</style><div><section><p>Word", 12.0),
        ("<style>h2 + p{font-size:9pt}</style><h2>x</h2><p>Word", 9.0),
        ("<style>p:nth-child(2){font-size:9pt}</style><p>x</p><p>Word", 9.0),
        ("<style>td[class=a]{font-size:9pt}</style><table><tr><td class=a>Word", 9.0),
        ("<style>p:hover, p::before{font-size:9pt}</style><p>Word", 12.0),
        ("<style>@media print{p{font-size:9pt}}</style><p>Word", 12.0),
        ("<style>@media screen{p{font-size:9pt}}</style><p>Word", 9.0),
        ("<style>@media only screen and (max-width:480px){p{font-size:9pt}}</style><p>Word", 12.0),
        ("<style>@media (min-width:600px){p{font-size:9pt}}</style><p>Word", 9.0),
        ("<style media=print>p{font-size:9pt}</style><p>Word", 12.0),
        ("<style>p{font-size:9pt</style><p>Word", 9.0),
        ("<style>P.Big{font-size:9pt}</style><p class=Big>Word", 9.0),
    ],
)
def test_size(source: str, size: float) -> None:
    assert run(f"<!doctype html>{source}").size == size


@pytest.mark.parametrize(
    "style",
    ["font-size:var(--x)", "font-size:2vw", "font-size:clamp(1rem,2vw,3rem)", "font-size:{{ size }}px"],
)
def test_a_size_that_cannot_be_told_is_none(style: str) -> None:
    assert run(f"<p style='{style}'>Word").size is None
    assert run(f"<p style='{style}'><b style='font-size:.5em'>Word").size is None
    assert run(f"<p style='{style}'><b style='font-size:9pt'>Word").size == 9.0


@pytest.mark.parametrize(
    ("source", "color", "background"),
    [
        ("<p>Word", (0, 0, 0), (255, 255, 255)),
        ("<p style='color:#777'>Word", (119, 119, 119), (255, 255, 255)),
        ("<p style='color:rgb(10 20 30)'>Word", (10, 20, 30), (255, 255, 255)),
        ("<p style='color:rgba(0,0,0,.5)'>Word", (128, 128, 128), (255, 255, 255)),
        ("<p style='color:hsl(0,100%,50%)'>Word", (255, 0, 0), (255, 255, 255)),
        ("<font color=ff0000>Word", (255, 0, 0), (255, 255, 255)),
        ("<table bgcolor='#336699'><tr><td style='color:white'>Word", (255, 255, 255), (51, 102, 153)),
        (
            "<div style='background:#000 url(x.png) no-repeat'><p style='color:#fff'>Word",
            (255, 255, 255),
            None,
        ),
        ("<div style='background:linear-gradient(red,blue)'>Word", (0, 0, 0), None),
        ("<div style='background:#eee none repeat'>Word", (0, 0, 0), (238, 238, 238)),
        ("<td background='a.png'>Word", (0, 0, 0), None),
        ("<p style='color:nonsense'>Word", (0, 0, 0), (255, 255, 255)),
        ("<p style='color:{{ c }}'>Word", None, (255, 255, 255)),
        ("<style>a{color:inherit}</style><p style='color:red'><a href=x>Word", (255, 0, 0), (255, 255, 255)),
        ("<a href=x>Word", (0, 0, 238), (255, 255, 255)),
    ],
)
def test_colours(source: str, color: object, background: object) -> None:
    found = run(f"<!doctype html><table>{source}" if source.startswith("<td") else f"<!doctype html>{source}")
    assert (found.color, found.background) == (color, background)


def test_weight_slant_capitals_and_leading() -> None:
    found = run("<p style='font:italic 700 10pt/1.5 Arial;text-transform:uppercase'>Word")
    assert (found.bold, found.italic, found.caps, found.leading) == (True, True, True, 15.0)
    assert run("<h2>Word").bold
    assert not run("<h2 style='font-weight:normal'>Word").bold
    assert run("<p style='line-height:150%'><small>Word").leading == 18.0
    assert run("<p style='line-height:1.5'><small>Word").leading == 15.0
    assert run("<p>Word").leading is None
    assert run("<p style='color:red'>Word").contrast is None


def test_tables_in_quirks_mode_forget_the_size() -> None:
    cell = "<body style='font-size:8pt'><table><tr><td>Word"
    assert run(f"<!doctype html><html>{cell}").size == 8.0
    assert run(f"<html>{cell}").size == 12.0


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ((0, 0, 0), (255, 255, 255), 21.0),
        ((119, 119, 119), (255, 255, 255), 4.48),
        ((255, 0, 0), (255, 255, 255), 4.0),
    ],
)
def test_contrast_as_published(one: tuple[int, int, int], other: tuple[int, int, int], ratio: float) -> None:
    assert values.contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(
    "value", ["calc(1px", "calc(1px + )", "calc(1px / 0)", "calc(var(--x))", "auto", "", "1qq"]
)
def test_lengths_that_are_none(value: str) -> None:
    assert values.length(value, 12.0, 12.0) is None


@pytest.mark.parametrize(
    ("source", "color", "background"),
    [
        ("<p style='opacity:.5'>Word", (128, 128, 128), (255, 255, 255)),
        ("<p style='opacity:50%;color:#f00'>Word", (255, 128, 128), (255, 255, 255)),
        ("<div style='opacity:.5'><p style='opacity:.5'>Word", (192, 192, 192), (255, 255, 255)),
        (
            "<div style='background:#000'><p style='opacity:.5;background:#fff'>Word",
            (0, 0, 0),
            (128, 128, 128),
        ),
        ("<div style='opacity:.5;background:#000;color:#fff'><p>Word", (255, 255, 255), (128, 128, 128)),
        ("<p style='opacity:7'>Word", (0, 0, 0), (255, 255, 255)),
        ("<p style='opacity:some'>Word", (0, 0, 0), (255, 255, 255)),
        ("<p style='opacity:calc(1 / 3)'>Word", None, None),
        ("<p style='opacity:var(--dim)'>Word", None, None),
        (
            "<style>:root{--dim:.5}</style><p style='opacity:var(--dim)'>Word",
            (128, 128, 128),
            (255, 255, 255),
        ),
        ("<div style='background:url(x.png)'><p style='opacity:.5'>Word", None, None),
    ],
)
def test_opacity_dims_letters_and_ground(
    source: str, color: tuple[int, int, int] | None, background: tuple[int, int, int] | None
) -> None:
    found = run(source)
    assert (found.color, found.background, found.hidden) == (color, background, None)


def test_nearly_transparent_words_are_hidden() -> None:
    assert run("<p style='opacity:.12'>Word").hidden is Hidden.FAINT
    assert run("<p style='opacity:.05'>Word").hidden is Hidden.INVISIBLE
