"""Control tags vanish, placeholders stay, nothing moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit.document import Span
from trustaudit.parsing import templates
from trustaudit.parsing.placeholders import placeholders


def seen(source: str) -> str:
    template = templates.read(source)
    return "".join(template.canvas[start:end] for start, end, _ in template.pieces(0, len(source)))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% if a > 3 %}yes{% endif %}", "yes"),
        ("{% if a %}Hello{% else %}Hi{% endif %}", "Hello Hi"),
        ("a{# note #}b{{!-- c --}}{{! d }}", "ab"),
        ("{{#if x}}Z{{else}}Y{{/if}}{{> part}}", "Z Y"),
        ("Hi {{ name }} {{{ raw }}}", "Hi {{ name }} {{{ raw }}}"),
        ("<% if x %>Q<% end %> <%= @name %><%# c %>", "Q <%= @name %>"),
        ("<%- if x -%>Q<%- end -%>", "Q"),
        ("<?php if (x): ?>a<?php endif ?> <?= $y ?>", "a <?= $y ?>"),
        ("{% trans 'Thank you' %} {{ 'Hello'|trans }}", "Thank you Hello"),
        ('{% trans "Don\'t go" %}', "Don't go"),
        ("<%= _('Hello there') %> <%= t('mail.subject') %>", "Hello there <%= t('mail.subject') %>"),
        ("{{ 'mail.subject'|trans }}", "{{ 'mail.subject'|trans }}"),
        ("{% blocktrans %}We are here{% endblocktrans %}", "We are here"),
        ("*|IF:X|*hey*|END:IF|* *|FNAME|*", "hey *|FNAME|*"),
        ("@if(count($a) > 1)\nmany\n@endif\n{{ $a }}", "\nmany\n\n{{ $a }}"),
        ("@lang('Hello you') @component('mail')x@endcomponent", "Hello you x"),
        ("{l s='Hello you' mod='x'} {$name} {if $x}a{/if}", "Hello you {$name} a"),
        ("<#if x>a<#else>b</#if>", "a b"),
        ("{{if .Paid}}thanks{{end}} {{.Name}}", "thanks {{.Name}}"),
        ("body{color:red} @media print{a{b:c}}", "body{color:red} @media print{a{b:c}}"),
        ("open {{ only and {% too", "open {{ only and {% too"),
        ("x {{ {a: {b: 1}} }} y", "x {{ {a: {b: 1}} }} y"),
        ("mail me@if.example", "mail me@if.example"),
    ],
)
def test_what_is_left(source: str, expected: str) -> None:
    assert seen(source) == expected


@given(st.text(alphabet=st.sampled_from("{}%#<>=? ab'\"\n*|[]$@!-"), max_size=120))
def test_nothing_moves(source: str) -> None:
    template = templates.read(source)
    assert len(template.canvas) == len(template.mask) == len(source)
    for start, end, slot in template.pieces(0, len(source)):
        if slot:
            assert template.canvas[start:end] == source[start:end]
            assert set(template.mask[start:end]) == {templates.SLOT}
        else:
            differing = {
                a for a, b in zip(template.canvas[start:end], source[start:end], strict=True) if a != b
            }
            assert differing <= {" "}
    ends = [mark.end for mark in template.marks]
    assert all(end <= mark.start for end, mark in zip(ends, template.marks[1:], strict=False))


@given(st.text(alphabet=st.sampled_from("{}% ab\n"), max_size=120))
def test_visible_text_leads_back(source: str) -> None:
    template = templates.read(source)
    text, source_map = templates.visible(template)
    for at, char in enumerate(text):
        if not char.isspace():
            assert source[source_map.source(at)] == char


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hi {{ name }}, {{{ raw }}}", ["name", "raw"]),
        ("<%= @name %> <%- x %> <?= $y ?> <?php echo $z; ?>", ["@name", "x", "$y", "$z"]),
        ("${user.name} #{name} %{name} %(name)s %NAME%", ["user.name", "name", "name", "name", "NAME"]),
        ("[Name] in [x] days, [Company Name, LLC]", ["Name", "x", "Company Name, LLC"]),
        (
            "«FIRST_NAME» *|FNAME|* {!Contact.Name} <<first name>>",
            ["FIRST_NAME", "FNAME", "Contact.Name", "first name"],
        ),
        ("{first_name} {0} {$name}", ["first_name", "0", "$name"]),
        ("[sic] [signature page follows] [1] [link](x) 5% and 10% { color: red }", []),
    ],
)
def test_placeholders(text: str, names: list[str]) -> None:
    found = placeholders(text)
    assert [one.name for one in found] == names


def test_subjects_of_front_matter_and_blocks() -> None:
    source = '---\nlayout: x\nsubject: "Your visit"\n---\nHello'
    template = templates.read(source)
    assert [source[a:b] for a, b in template.subjects] == ["Your visit"]
    assert seen(source).strip() == "Hello"
    assert templates.read("{% block subject %}Yes{% endblock %}").subjects == (Span(19, 22),)


def test_many_openers_without_an_end_cost_little() -> None:
    source = "{{ {% <% <? ${ *| <<" * 50_000
    assert seen(source).startswith("{{ {%")
