"""Prompts for a voice: marks vanish, words stay in place, pauses part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import trustaudit
from trustaudit.document import Document, Span
from trustaudit.parsing import parse
from trustaudit.parsing.sniff import sniff

Blocks = Callable[[Document], list[tuple[str, str]]]
TYPE = "application/ssml+xml"
PROMPT = (
    '<speak>Hello <break time="1s"/> Mrs <emphasis level="strong">Tanaka</emphasis>.<break strength="x-strong"/>\n'
    'Your test with <sub alias="Doctor">Dr</sub> Weiss is on <say-as interpret-as="date">5/3</say-as>'
    '<break time="200ms"/>at ten.<audio src="a.mp3"><desc>a bell</desc></audio> Press one &amp; wait</speak>'
)


def words(source: str, name: str = "") -> list[str]:
    document = parse(source.encode(), name)
    assert document.media_type == TYPE
    return [document.text[block.start : block.end] for block in document.blocks]


def test_marks_vanish_and_words_stay() -> None:
    assert words(PROMPT) == [
        "Hello Mrs Tanaka.",
        "Your test with Dr Weiss is on 5/3 at ten. Press one & wait",
    ]


@pytest.mark.parametrize("word", ["Tanaka", "Weiss", "5/3", "ten", "wait"])
def test_every_word_at_its_place(word: str) -> None:
    document = parse(PROMPT.encode(), "")
    at = document.text.index(word)
    place = document.place(Span(at, at + len(word)))
    assert place.line is not None
    assert place.column is not None
    line = PROMPT.splitlines()[place.line - 1]
    assert line[place.column - 1 :].startswith(word)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<?xml version='1.0'?><speak><p><s>Hi {{ name }}.</s><s>Call us.</s></p></speak>", ["Hi {{ name }}.", "Call us."]),
        ("<Response><Say>Your visit is on Friday.</Say><Play>http://a/b.mp3</Play><Gather><Say>Press 1.</Say></Gather></Response>", ["Your visit is on Friday.", "Press 1."]),
        ('Your visit is on <say-as interpret-as="date">May 3</say-as><break/>at ten.', ["Your visit is on May 3 at ten."]),
        ("<speak>{% if late %}You are late.{% else %}See you soon.{% endif %}</speak>", ["You are late. See you soon."]),
        ("<speak>Never closed <emphasis>and open", ["Never closed and open"]),
        ("<speak><!-- not said --><![CDATA[Said so]]></speak>", ["Said so"]),
    ],
)  # fmt: skip
def test_forms_of_prompts(source: str, expected: list[str]) -> None:
    assert words(source) == expected


def test_a_prompt_reaches_the_ear() -> None:
    found = trustaudit.scan_text(PROMPT, kind="message").message
    assert found is not None
    assert (found.channel, found.money_first.verdict) == ("voice", "no")
    names = {f.labels.get("message") for f in trustaudit.scan_text(PROMPT, kind="message").findings}
    assert "greeting-by-name" in names


def test_a_page_is_no_prompt() -> None:
    assert sniff(b"<html><body><p>One <break> two</p></body></html>", "a.html") == "text/html"
    assert sniff(b"We say <b>no</b> breaks here", "a.txt") == "text/plain"


def test_a_long_prompt_takes_a_moment() -> None:
    source = (
        "<speak>" + 'Please <emphasis>wait</emphasis> a <break time="100ms"/> moment. ' * 20_000 + "</speak>"
    )
    assert len(parse(source.encode(), "").text) == 20_000 * len("Please wait a moment. ") - 1
