"""What is broken, huge or empty: it is read or refused with the reason, in time, and the others go on."""

from __future__ import annotations

import base64
import time
from pathlib import Path

import pytest

import trustaudit
from trustaudit.audit import Audit, OutcomeKind, Unreadable

VISIT = "Hi Ana, your eye test is on Friday at ten. Call us on 555 0142 if that does not suit you."


def scan(source: bytes, name: str) -> Audit:
    return trustaudit.scan(source, name=name, kind="message")


def reasons(found: Audit) -> set[str]:
    return {each.reason for each in found.outcomes if each.outcome is OutcomeKind.COULD_NOT_TELL}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (f"<div><p><b>{VISIT}</p></i></table>", "a.html"),
        ("{% if a %}{% if b %}" * 200 + VISIT + "{% endif %}" * 10, "a.html.twig"),
        ("{{#each a}}{{#if b}}{{> c}}" * 100 + VISIT + "{{/if}}{{/each}}", "a.hbs"),
        ("<% if a %><%= render 'b' do %>" * 50 + VISIT + "<% end %>", "a.html.erb"),
        (f"{{{{ a }} {VISIT} {{% endif", "a.twig"),
        (f"<html><head><style>{'p { color: #333; margin: 0 }' * 40_000}</style></head><body><p>{VISIT}</p>", "a.html"),
        (f'<p style="{"color:red;" * 100_000}">{VISIT}</p>', "a.html"),
        (f"🎉🎉 {VISIT} 👩‍👩‍👧‍👦", "a.txt"),
        (f"\u202b{VISIT}\u202c שלום לך", "a.txt"),
        (f'<div dir="rtl">مرحبا <span dir="ltr">{VISIT}</span></div>', "a.html"),
    ],
)  # fmt: skip
def test_what_stands_between_the_ruins_is_read(source: str, name: str) -> None:
    begin = time.process_time()
    found = scan(source.encode(), name)
    assert time.process_time() - begin < 5
    assert "your eye test is on Friday at ten" in " ".join(found.document.text.split())
    assert found.message is not None
    assert found.message.purpose == "appointment-reminder"
    for each in found.findings:
        assert found.document.text[each.start : each.end] == each.quote


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "latin-1", "cp1252"])
def test_encodings(charset: str) -> None:
    found = scan(("Grüße, " + VISIT).encode(charset), "a.txt")
    assert "eye test" in found.document.text


def test_mixed_encodings_are_said() -> None:
    found = scan("Grüße. ".encode() + "Café. ".encode("latin-1") + VISIT.encode(), "a.txt")
    assert "eye test" in found.document.text


def test_a_base64_body_is_decoded() -> None:
    body = base64.encodebytes(f"<p>{VISIT}</p>".encode()).decode()
    mail = (
        "From: a@b.example\nTo: c@d.example\nSubject: Your test\nMIME-Version: 1.0\n"
        f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{body}"
    )
    found = scan(mail.encode(), "a.eml")
    assert "your eye test is on Friday" in found.document.text
    assert found.message is not None
    assert found.message.channel == "email"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("{{ a }} {{ b.c }} {% if d %}{{ e }}{% endif %}", "a.twig"),
        ("{{text.title}}\n\n{{text.body}}\n{{text.footer}}", "a.mustache"),
        ('{"reminder.subject": "", "reminder.body": ""}', "a.json"),
        ("<html><body><p>{{ greeting }}</p><p>{{ body }}</p></body></html>", "a.html"),
    ],
)
def test_no_words_no_verdict_by_guess(source: str, name: str) -> None:
    found = scan(source.encode(), name)
    assert found.message is not None
    assert found.message.money_first.verdict == "no"
    assert any("only names of variables" in why or "no text" in why for why in reasons(found)) or (
        found.document.unread
    )


def catalogue(size: int) -> bytes:
    rows = (f"m{at}.label=Save\nm{at}.body=Hi {{0}}, room {at} is ready for you.\n" for at in range(size))
    return "".join(rows).encode()


def test_each_message_of_a_catalogue_is_its_own() -> None:
    source = (
        'en:\n  reminder:\n    subject: "Your visit on Friday"\n    body: "Hi %{name}, your eye test is at ten."\n'
        '  late:\n    body: "Settle your balance of $62 first. Your eye test will only go ahead once this is paid."\n'
        "  buttons:\n    save: Save\n"
    )
    found = scan(source.encode(), "a.yml")
    assert found.message is not None
    first, second = found.message.messages
    assert (first.key, first.line, first.column, first.money_first.verdict) == ("en.reminder", 3, 15, "no")
    assert (second.key, second.line, second.money_first.verdict) == ("en.late.body", 6, "yes")
    assert second.conditional_on_payment
    assert not first.conditional_on_payment
    assert first.account.balance > 0 > second.account.balance
    assert found.message.money_first == second.money_first
    for message in found.message.messages:
        for entry in message.account.entries:
            assert message.start <= found.findings[entry.finding].start < message.end


def test_a_large_catalogue_grows_evenly() -> None:
    spent = []
    for size in (150, 600):
        begin = time.process_time()
        found = scan(catalogue(size), "a.properties")
        spent.append(time.process_time() - begin)
        assert found.message is not None
        assert len(found.message.messages) == size
    assert spent[1] < spent[0] * 8 + 1


def test_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(VISIT)
    (tmp_path / "b.eml").write_bytes(b"\x00\x01\x02" * 500)
    (tmp_path / "c.html").write_text(f"<p>{VISIT}")
    done = list(trustaudit.scan_many(sorted(tmp_path.iterdir()), jobs=1))
    assert [isinstance(each, Unreadable) for each in done] == [False, True, False]
