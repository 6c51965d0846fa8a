"""Texts that are made to cost: each ends in a document or a reason, and soon."""

from __future__ import annotations

import time

import pytest

from trustaudit.errors import UnreadableError
from trustaudit.parsing import parse

MANY = 30_000
CASES = {
    "lt.html": "<p>" + "<" * MANY,
    "amp.html": "<p>" + "&a" * MANY,
    "quote.html": "<p " + 'a="' * MANY,
    "comment.html": "<!--" * MANY,
    "fonts.html": "<font>" * MANY + "x",
    "links.html": "<p>" + "<a href=#>x</a>" * 5000,
    "siblings.html": "<style>p ~ p{color:red}</style>" + "<p>x</p>" * 2000,
    "dots.txt": "." * MANY,
    "caps.txt": "A" * MANY,
    "stars.txt": "word* more\n\n* note\n\n" * 500,
    "brackets.md": "[" * MANY,
    "emphasis.md": "*a " * MANY,
    "quotes.md": ">" * 5000 + "x",
    "braces.txt": "{{" * MANY,
    "percents.txt": "{% " * MANY,
    "blade.txt": "@if(" * MANY + "@endif",
    "subjects.txt": "{% block subject %}" * MANY,
    "escapes.txt": "{{ '" + "\\a" * 1500 + " }}",
    "open.xml": "<resources>" + '<string name="a">' * MANY,
    "deep.json": '{"a":' * 900 + "1" + "}" * 900,
    "headers.eml": "Subject: x\nTo: " + "a@b.c,\n " * MANY + "\n\nx",
    "parts.eml": 'Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
    + "--b\n\nx\n" * 5000,
    "nested.eml": "Subject: x\n" + "Content-Type: message/rfc822\n\n" * 1000 + "hi",
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_ends_soon(name: str) -> None:
    started = time.process_time()
    reason = ""
    try:
        parse(CASES[name].encode(), name)
    except UnreadableError as error:
        reason = str(error)
    assert not reason.startswith("damaged or unusual")
    assert time.process_time() - started < 10
