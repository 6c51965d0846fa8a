"""Message catalogues: each message at its line and column."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from trustaudit.document import Document, Span
from trustaudit.parsing import parse
from trustaudit.parsing.sniff import sniff

Blocks = Callable[[Document], list[tuple[str, str]]]
TYPE = "text/x-message-catalogue"

CASES = {
    "a.po": (
        ('msgid ""\nmsgstr "Content-Type: text/plain\\n"\n\nmsgid "Pay it now"\nmsgstr ""\n"Bitte \\"jetzt\\" zahlen,\\n"\n'
        '"danke"\n\nmsgid "Second message here"\nmsgstr ""\n'),
        ['Bitte "jetzt" zahlen,\ndanke', "Second message here"],
        ("danke", 7, 2),
    ),
    "a.json": (
        '{"a": {"subject": "Your visit soon"},\n "body": "Hi {name},\\n\\nplease <b>pay</b> it"}',
        ["Your visit soon", "Hi {name},", "please pay it"],
        ("pay", 2, 35),
    ),
    "a.yml": (
        'en:\n  mail:\n    subject: "Your visit soon"\n    body: |\n      Dear you,\n\n      see you soon.\n    x: Pay it now\n',
        ["Your visit soon", "Dear you,\nsee you soon.", "Pay it now"],
        ("see", 7, 7),
    ),
    "a.properties": (
        "# c\nmail.subject=Your visit soon\nmail.body=Please \\\n   pay \\u00e9 {0} now\n",
        ["Your visit soon", "Please pay é {0} now"],
        ("now", 4, 19),
    ),
    "strings.xml": (
        '<resources>\n<string name="a">Don\\\'t forget &amp; pay</string>\n<string name="b">Pay it now</string></resources>',
        ["Don't forget & pay", "Pay it now"],
        ("it now", 3, 22),
    ),
    "a.xlf": (
        ('<xliff><trans-unit id="1"><source>Pay now please</source><target>Bitte jetzt zahlen</target></trans-unit>\n'
        "<trans-unit id='2'><source>Thank you all</source></trans-unit></xliff>"),
        ["Bitte jetzt zahlen", "Thank you all"],
        ("Thank", 2, 28),
    ),
    "a.strings": (
        '"a" = "Pay it now";\n"b" = "Thank you all";\n', ["Pay it now", "Thank you all"], ("Thank", 2, 8),
    ),
    "a.csv": (
        'key,text\na,"Hello there, you"\nb,Pay it now\n', ["Hello there, you", "Pay it now"], ("Pay", 3, 3),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CASES))
def test_messages_in_place(name: str, blocks: Blocks, check_invariants: Callable[[Document], None]) -> None:
    source, texts, (word, line, column) = CASES[name]
    document = parse(source.encode(), name)
    assert document.media_type == TYPE
    assert [text for _, text in blocks(document)] == texts
    check_invariants(document)
    at = document.text.index(word)
    place = document.place(Span(at, at + 1))
    assert (place.line, place.column) == (line, column)


def test_subjects_by_their_keys(blocks: Blocks) -> None:
    assert next(kind for kind, _ in blocks(parse(CASES["a.json"][0].encode(), "a.json"))) == "subject"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"name": "x", "dependencies": {"a": "1 or more"}, "b": "two words"}', "package.json"),
        ('["two words", "three words here"]', "a.json"),
        ("{broken", "a.json"),
        ("name: CI\non: push\njobs:\n  a:\n    run: make the test\n    b: run it now\n", "ci.yml"),
        ("- just a list\n- of two\n", "a.yml"),
        ("a=1\nb=2\n", "a.properties"),
        ("one column only\nno commas here\n", "a.csv"),
        ("<root><x>hello there</x></root>", "a.xml"),
    ],
)
def test_what_is_not_clearly_a_catalogue(text: str, name: str) -> None:
    assert sniff(text.encode(), name) != TYPE


def test_fifty_thousand_entries() -> None:
    data = json.dumps({f"k{n}": f"Please pay invoice {n} now" for n in range(50_000)}, indent=1)
    document = parse(data.encode(), "a.json")
    assert len(document.blocks) == 50_000
    assert document.place(document.blocks[-1].span).line == 50_001
