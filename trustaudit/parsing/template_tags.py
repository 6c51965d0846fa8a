"""The tags of template languages: which vanish, which put something out, which hold words of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from trustaudit.document import Span

GAP, BREAK, SLOT = "gap", "break", "slot"
"""Vanishes; vanishes but parts what it stands between; is put in the text as written."""

_LONGEST = 4000  # characters of one tag; what has its end farther away is none

_CLOSERS = {
    "{{!--": "--}}", "{{--": "--}}", "{{{": "}}}", "{{": "}}", "{%": "%}", "{#": "#}", "{!!": "!!}",
    "{!": "}", "{*": "*}", "<%--": "--%>", "<%": "%>", "<?": "?>", "${": "}", "<<": ">>", "*|": "|*",
}  # fmt: skip
_ORDER = sorted(_CLOSERS, key=len, reverse=True)

_ANY = re.compile(r"\{[{%#!*]|<[%?<]|\$\{|\*\|")
_ELSE = re.compile(
    r"[\s~-]*(?:\}?\s*else\b|else\s*if\b|elseif\b|elsif\b|elif\b|when\b|empty\b|\^\s*$|case\b)"
)
_GO = re.compile(
    r"[\s~-]*(?:if|unless|end|range|with|template|define|block|each|for|endif|endfor|endeach)(?![\w.|(])"
)
_OUTPUT_PHP = re.compile(r"\?(?:=|php\s+echo\b)", re.IGNORECASE)
_RUBY_BLOCK = re.compile(
    r"\s*(?:if|unless|elsif|else|end|for|each|case|when|while|include|layout|block|contentFor|content_for)\b"
    r"|.*\bdo\s*(?:\|[^|]*\|)?\s*-?$|\s*\}",
    re.DOTALL,
)
_MERGE_CONTROL = re.compile(r"(?:IF|IFNOT|ELSE|ELSEIF|END|INTERESTED|GROUP)\b[:|]?")
_ANGLED = re.compile(r"[A-Za-z_$][\w .$-]{0,60}")


def _quoted(words: str) -> str:
    """A pattern for a quoted text; each in one pattern needs names of its own."""
    mark = f"mark_{words}"
    return rf"""(?P<{mark}>['"])(?P<{words}>(?:\\.|(?!(?P={mark}))[^\\])*+)(?P={mark})"""


_TRANSLATED = re.compile(
    rf"\s*(?:trans|translate|t)\s+{_quoted('tag')}"  # {% trans "Thank you" %}
    r"|[-=\s]*(?:_|__|gettext|ugettext|trans|translate|t|_t|I18n\.t)\s*\(?\s*"
    rf"{_quoted('call')}\s*\)?\s*-?$"  # {{ _("Thank you") }}
    rf"|\s*{_quoted('filtered')}\s*\|\s*(?:trans|translate|t|_)\b",  # {{ "Thank you"|trans }}
    re.DOTALL,
)
_KEY = re.compile(r"[\w-]+(?:[.:/][\w-]+)+\.?|[a-z\d]+_[a-z\d_]+|[a-z]+[A-Z]\w*")

_BLADE = re.compile(r"@(?:endif|endforeach|component|extends|section|lang|endsection|include|foreach)\b")
_BLADE_TAG = re.compile(
    r"@(?:if|elseif|else|endif|foreach|endforeach|for|endfor|forelse|endforelse|while|endwhile|unless|endunless|isset"
    r"|endisset|empty|endempty|component|endcomponent|slot|endslot|section|endsection|extends|include|includeIf|yield"
    r"|php|endphp|auth|endauth|guest|endguest|can|endcan|csrf|stack|push|endpush|parent|show|lang)\b"
    r"(?:[ \t]*\((?:[^()\n]|\((?:[^()\n]|\([^()\n]{0,50}+\)){0,50}+\)){0,200}+\))?"
)
_SMARTY = re.compile(r"\{(?:/if|/foreach|\$\w)")
_SMARTY_TAG = re.compile(
    r"\{/?(?:if|else|elseif|foreach|foreachelse|section|include|assign|capture|literal|block|extends|strip|nocache"
    r"|function|for|while|l|mailtxt)\b[^{}\n]{0,400}\}"
)
_SMARTY_WORDS = re.compile(r"""\{l\s+s=(?P<q>['"])(?P<words>.*?)(?<!\\)(?P=q)""")
_FREEMARKER_TAG = re.compile(r"</?[#@][a-zA-Z][^<>\n]{0,400}>|<#--.*?-->", re.DOTALL)


_COMMENT = re.compile(r"\{%-?[ \t]*comment\b[^%\n]{0,100}%\}")
_END_OF_COMMENT = re.compile(r"\{%-?[ \t]*endcomment[ \t]*-?%\}")


def tags(source: str) -> Iterator[tuple[int, int, str]]:
    """Every tag with its kind; openers without an end, or with one too far away, are text."""
    yield from _commented(source)
    if _ANY.search(source):
        yield from _bracketed(source, tuple(opener for opener in _ORDER if opener in source))
    if "@" in source and _BLADE.search(source):
        for found in _BLADE_TAG.finditer(source):
            yield from _function_like(found, "lang", "@lang")
    if _SMARTY.search(source) if "{" in source else False:
        for found in _SMARTY_TAG.finditer(source):
            words = _SMARTY_WORDS.match(found.group())
            yield from _around(found, words) if words else ((found.start(), found.end(), GAP),)
    if "<#" in source or "<@" in source:
        for found in _FREEMARKER_TAG.finditer(source):
            yield found.start(), found.end(), BREAK if found.group().startswith("<#else") else GAP


def _bracketed(source: str, openers: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    closing: dict[str, int] = {}
    at = 0
    pattern = _opener_pattern(openers)
    while found := pattern.search(source, at):
        opener = found.group()
        closer = _CLOSERS[opener]
        inside = found.end()
        end = closing.get(closer, -2)
        if end != -1 and end < inside:
            end = closing[closer] = source.find(closer, inside)
        if end < 0 and opener == "<?" and source.startswith(("<?php", "<?=", "<? "), found.start()):
            end = len(source)  # PHP may leave its last tag open
        if end < 0 and not (opener == "<?" and "<?php" in source):
            openers = tuple(one for one in openers if _CLOSERS[one] != closer)  # none can end any more
            if not openers:
                return
            pattern = _opener_pattern(openers)
        if end < 0 or end - inside > _LONGEST:
            at = found.start() + 1
            continue
        if (
            opener == "{{"
            and source.startswith("}}}", end)
            and source.count("{", inside, end) > source.count("}", inside, end)
        ):
            end += 1
        stop = min(end + len(closer), len(source))
        yield from _bracketed_kind(source, opener, found.start(), stop, source[inside:end])
        at = stop if _accepts(opener, source[inside:end]) else found.start() + 1


@lru_cache(maxsize=64)
def _opener_pattern(openers: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, openers)))


def _accepts(opener: str, inner: str) -> bool:
    """Openers that mean something else elsewhere must hold what they hold in a template."""
    if opener == "<<":
        return bool(_ANGLED.fullmatch(inner))
    if opener in {"${", "{!", "*|"}:
        return 0 < len(inner) <= 200 and "\n" not in inner
    if opener == "{*":
        return "\n" in inner or ";" not in inner
    return not (opener == "<?" and inner.startswith("xml"))


def _bracketed_kind(
    source: str, opener: str, start: int, end: int, inner: str
) -> Iterator[tuple[int, int, str]]:
    if not _accepts(opener, inner):
        return
    kind_of = _KINDS.get(opener)
    kind = kind_of(inner) if kind_of else GAP
    quoted = opener in {"{{", "{%", "<%", "{{{"} and ("'" in inner or '"' in inner)
    words = _TRANSLATED.match(inner) if quoted else None
    span = _literal(words) if words else None
    if span is None:
        yield start, end, kind
        return
    inside = source.index(inner, start)
    yield start, inside + span.start, GAP
    yield inside + span.end, end, GAP


def _literal(found: re.Match[str]) -> Span | None:
    """Where a translation tag holds words; None where it holds the key of a text."""
    for group in ("tag", "call", "filtered"):
        words = found.group(group)
        if words:
            return None if _KEY.fullmatch(words.strip()) else Span(*found.span(group))
    return None


def _braces(inner: str) -> str:
    """Handlebars, Mustache, Go and Blade control inside double braces."""
    head = inner.lstrip("~ -\t\n")[:1]
    if _ELSE.match(inner):
        return BREAK
    if (head and head in "#/>!") or inner.startswith("^"):
        return GAP
    return GAP if _GO.match(inner) and not inner.strip().endswith(")") else SLOT


def _percent(inner: str) -> str:
    """Jinja, Twig, Django, Liquid: nothing in ``{% %}`` is put out but translations."""
    return BREAK if _ELSE.match(inner) else GAP


def _server(inner: str) -> str:
    """ERB, EJS, JSP and GSP: ``<%= %>`` and ``<%- %>`` put out, the rest is control."""
    if inner[:1] == "=" or (inner[:1] == "-" and not _RUBY_BLOCK.match(inner[1:])):
        return GAP if inner[:1] == "=" and re.search(r"\bdo\s*(?:\|[^|]*\|)?\s*-?$", inner) else SLOT
    return BREAK if _ELSE.match(inner) else GAP


def _php(inner: str) -> str:
    if _OUTPUT_PHP.match("?" + inner):
        return SLOT
    return BREAK if _ELSE.match(inner.removeprefix("php")) else GAP


def _merge(inner: str) -> str:
    if inner.startswith("ELSE"):
        return BREAK
    return GAP if _MERGE_CONTROL.match(inner) else SLOT


_KINDS: dict[str, Callable[[str], str]] = {
    "{{": _braces,
    "{{{": lambda _: SLOT,
    "{%": _percent,
    "{!!": lambda _: SLOT,
    "{!": lambda _: SLOT,
    "<%": _server,
    "<?": _php,
    "${": lambda _: SLOT,
    "<<": lambda _: SLOT,
    "*|": _merge,
}


def _function_like(found: re.Match[str], name: str, head: str) -> Iterator[tuple[int, int, str]]:
    """``@lang('Hello there')`` shows its words; every other directive is control."""
    text = found.group()
    words = re.match(rf"@{name}\s*\(\s*{_quoted('words')}", text) if text.startswith(head) else None
    if words and not _KEY.fullmatch(words.group("words")):
        yield from _around(found, words)
    else:
        yield found.start(), found.end(), BREAK if text.startswith("@else") else GAP


def _commented(source: str) -> Iterator[tuple[int, int, str]]:
    """Blocks of comment (Liquid, Django), with the words in them, which nobody is shown."""
    at = 0
    while "endcomment" in source and (found := _COMMENT.search(source, at)):
        closed = _END_OF_COMMENT.search(source, found.end())
        if closed is None:
            return
        yield found.start(), closed.end(), GAP
        at = closed.end()


def _around(found: re.Match[str], words: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    yield found.start(), found.start() + words.start("words"), GAP
    yield found.start() + words.end("words"), found.end(), GAP
