"""Parts, names, channels, and what is said of messages that hardly are any."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustaudit
from tests.messages.cases import audit, facts, labels
from trustaudit.audit import Audience, Kind, OutcomeKind
from trustaudit.errors import RuleError
from trustaudit.language.message import Message
from trustaudit.language.parties import find_sides
from trustaudit.language.purposes import read_table
from trustaudit.language.reading import Reading
from trustaudit.language.signs import read_signs, stem
from trustaudit.parsing import parse


def message(text: str, name: str = "") -> Message:
    document = parse(text.encode(), name, media_type=None if text.startswith("<") else "text/plain")
    return Message(Reading(document, Kind.MESSAGE, Audience.CONSUMER, find_sides(text, Kind.MESSAGE), {}))


LETTER = """Subject: Your visit

Dear Ms Okafor,

Your visit is on Friday at six. Bring the card.

Kind regards,
Lena Marsh"""


def test_parts_in_the_order_of_the_reader() -> None:
    found = message(LETTER)
    kinds = [(part.kind.value, found.document.quote(part.span)) for part in found.parts]
    assert kinds == [
        ("subject", "Subject: Your visit"),
        ("greeting", "Dear Ms Okafor"),
        ("body", "Your visit is on Friday at six."),
        ("body", "Bring the card."),
        ("closing", "Kind regards,\nLena Marsh"),
    ]


def test_a_button_is_a_call_to_action_and_a_footer_is_none() -> None:
    found = message(
        '<html><body><p>Your room is ready.</p><p><a class="button" href="#" style="padding:8px 16px;'
        'background:#1d4f91;color:#fff">See the room</a></p><p>Unsubscribe</p></body></html>'
    )
    assert found.parts[0].kind.value == "body"
    assert {part.kind.value for part in found.parts} >= {"call-to-action", "footer"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi Ana, your coat is ready.", "Ana"),
        ("Dear Mrs O'Brien, your coat is ready.", "Mrs O'Brien"),
        ("Hello {{ first_name }}, your coat is ready.", "{{ first_name }}"),
        ("Hello {{ c.first_name }} {{ c.last_name }}, welcome.", "{{ c.first_name }} {{ c.last_name }}"),
        ("Hi *|FNAME|*, your coat is ready.", "*|FNAME|*"),
        ("Welcome, Jo! Your first lesson is on Monday.", "Jo"),
        ("{{ name }}, we miss you at the club.", "{{ name }}"),
        ("Ana, see you on Friday at the studio.", "Ana"),
        ("Dear customer, your coat is ready.", None),
        ("Hello {{ email }}, your coat is ready.", None),
        ("Dear {{ company_name }} team, the coat is ready.", None),
        ("Unfortunately, the coat is not ready.", None),
        ("Hello, this is an automated call.", None),
        ("Thank you May we call you tomorrow about the coat.", None),
    ],
)
def test_the_reader_is_known_by_name(text: str, name: str | None) -> None:
    found = message(text)
    assert (found.document.quote(found.name) if found.name else None) == name


@pytest.mark.parametrize(
    ("text", "name", "channel"),
    [
        ("Subject: Hello\n\nYour coat is ready.", "", "email"),
        ("Hi Ana, your coat is ready. Reply STOP to end.", "", "sms"),
        ("Hello, this is Lena from the shop. Press one to hear it again.", "", "voice"),
        ("Your coat is ready.", "ivr/coat.txt", "voice"),
        ("<h1>Your coat</h1><p>It is ready.</p>", "coat.html", "web"),
        ("Your coat is ready.", "templates/sms/coat.txt", "sms"),
        ("Your coat is ready.\n\nPlease come by.\n\nYours sincerely\n\nLena Marsh", "", "letter"),
    ],
)
def test_channels(text: str, name: str, channel: str) -> None:
    assert message(text, name).channel == channel


def test_money_words_that_ask_nothing_are_no_ask() -> None:
    for text in (
        "Your coat is ready, free of charge.",
        "Please charge the recorder overnight. Your visit is on Friday.",
        "The amount of time for your visit has grown to an hour.",
        "Please deposit old batteries in the red box.",
    ):
        assert facts(text).money_first.verdict == "no"
        assert facts(text).money_first.index == 0


def test_indirect_asks_count() -> None:
    for text in (
        "To secure your slot on Friday we need your card on file.",
        "Your lesson is on Friday at six. To keep your place, settle 20 euros by Thursday.",
    ):
        assert facts(text).money_first.verdict == "yes"
        assert facts(text).conditional_on_payment


def test_a_bill_may_begin_with_money_but_not_with_blame() -> None:
    assert (
        facts("Here is your invoice for April: 310 euros, due on 20 May.").money_first.verdict == "legitimate"
    )
    assert facts("FINAL NOTICE. You have ignored your invoice of 310 euros.").money_first.verdict == "yes"


def test_somebody_to_ask_is_missed_only_where_there_is_nobody() -> None:
    hard = "Your lesson is on Friday. Unpaid lessons are cancelled."
    assert "no-contact" in labels(audit(hard))
    assert "no-contact" not in labels(audit(hard + " Call us on 555 0142 if anything is unclear."))


def test_only_variables_could_not_be_told() -> None:
    outcomes = audit("{{ text.title }} {{ text.body }} {{ invoice.amount }}").outcomes
    reasons = {each.reason for each in outcomes if each.outcome is OutcomeKind.COULD_NOT_TELL}
    assert any("only names of variables" in reason for reason in reasons)


@pytest.mark.parametrize(
    "text", ["", "   ", "🎉", "{{", "<p", "שלום, התור שלך מוכן", "<p><div><b>Hi Ana", "%%%", "{{ a }}" * 500]
)
def test_odd_messages_are_read(text: str) -> None:
    found = trustaudit.scan_text(text, kind="message")
    assert found.message is not None
    assert found.message.money_first.verdict == "no"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300).map(lambda text: f"Hi {text}"))
def test_any_text_is_a_message_with_a_verdict(text: str) -> None:
    found = message(text)
    ends = [part.end for part in found.parts]
    assert all(0 <= part.start < part.end <= len(found.document.text) for part in found.parts)
    assert len(set(ends)) == len(ends)
    assert found.channel in {"sms", "email", "voice", "letter", "web"}


def test_the_outline_keeps_every_sentence_once_and_invents_none() -> None:
    text = (
        "Dear Mr Wu,\n\nYour meeting is on Thursday at ten. A retainer of 1,500 must be paid before it can begin. "
        "Otherwise it will be cancelled.\n\nDo not reply.\n\nIves and Partners"
    )
    found = audit(text)
    steps = {step.step: step for step in facts(text).outline}
    assert list(steps) == ["who", "have", "ask", "help", "action", "without"]
    shown = [passage for step in steps.values() for passage in step.passages]
    assert len(shown) == len(set(shown))
    assert "Dear Mr Wu" in {found.document.quote(passage) for passage in steps["who"].passages}
    assert [found.document.quote(p) for p in steps["ask"].passages] == [
        "A retainer of 1,500 must be paid before it can begin."
    ]
    assert "a person" in steps["help"].missing
    assert "thanks" in steps["who"].missing


def test_a_kind_message_needs_no_outline() -> None:
    assert facts("Hi Ana, your coat is ready. Come by any day until six.").outline == ()


@pytest.mark.parametrize("source", ["purposes: {gift: {words: {}, files: {}}}", "[]", "purposes: 3", "{"])
def test_a_wrong_table_is_refused_with_its_name(source: str) -> None:
    with pytest.raises(RuleError, match=r"purposes\.yaml"):
        read_table(source, "purposes.yaml")


@pytest.mark.parametrize("source", ["[]", "classes: 3", "{", "classes: {a: [b]}\npoints: {a: {order: many}}"])
def test_wrong_signs_are_refused_with_their_name(source: str) -> None:
    with pytest.raises(RuleError, match=r"purpose-signs\.yaml"):
        read_signs(source, "purpose-signs.yaml")


@pytest.mark.parametrize(
    ("words", "one"),
    [
        (("deliver", "delivers", "delivered", "delivering", "delivery", "deliveries"), "deliver"),
        (("ship", "shipped", "shipping", "ships"), "ship"),
        (("class", "classes"), "class"),
        (("arrive", "arrives", "arrived", "arriving"), "arriv"),
    ],
)
def test_endings_do_not_matter(words: tuple[str, ...], one: str) -> None:
    assert {stem(word) for word in words} == {one}


def test_purposes_by_words_that_no_phrase_names() -> None:
    for text, purpose in {
        "Your hearing test with Dr Weiss is on 3 May at ten.": "appointment-reminder",
        "Two crates of bulbs leave our warehouse on Monday.": "order",
        "We have put 18.60 back on your card; it was scanned twice.": "receipt",
        "Nice to have you here! You are now on the list of early birds.": "welcome",
        "Tell us how the boiler service went; three taps are enough. How did Gareth do?": "other",
    }.items():
        assert facts(text).purpose == purpose, text
