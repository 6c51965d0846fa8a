"""Templates in place: control tags vanish, placeholders stay as written, no position moves.

``read`` lays two texts of the source's own length over it. The *canvas* is what a reader sees: control tags
are blanks, everything else stands as written. The *mask* is for a parser of the surrounding format: in it
placeholders are one private character repeated, so that no quote or bracket inside them is taken for markup.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from trustaudit.document import Placeholder, SourceMap, Span, line_starts

SLOT = "\ue003"
"""Stands for each character of a placeholder in the mask."""

_GAP, _BREAK, _SLOT = "gap", "break", "slot"
_LONGEST = 4000  # characters of one tag; what has its end farther away is none


@dataclass(frozen=True, slots=True)
class Mark:
    """One tag of the template language: ``gap`` vanishes, ``slot`` is put in the text as written."""

    start: int
    end: int
    gap: bool


@dataclass(frozen=True)
class Template:
    """A source with its tags told apart."""

    source: str
    canvas: str
    mask: str
    marks: tuple[Mark, ...] = ()
    subjects: tuple[Span, ...] = field(default=())
    """Where the source sets the message's subject."""

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(mark.start for mark in self.marks)

    def marks_in(self, start: int, end: int) -> tuple[Mark, ...]:
        """The tags that begin in the range, and the one that it begins in."""
        if not self.marks:
            return ()
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self.marks[first].end <= start:
            first += 1
        return self.marks[first : bisect_left(self._starts, end)]

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """What is left of a range: start, end, and whether it is a placeholder."""
        for mark in self.marks_in(start, end):
            if mark.start > start:
                yield start, mark.start, False
            if not mark.gap:
                yield mark.start, min(mark.end, end), True
            start = max(mark.end, start)
        if start < end:
            yield start, end, False


_CLOSERS = {
    "{{!--": "--}}", "{{--": "--}}", "{{{": "}}}", "{{": "}}", "{%": "%}", "{#": "#}", "{!!": "!!}", "{!": "}",
    "{*": "*}", "<%--": "--%>", "<%": "%>", "<?": "?>", "${": "}", "<<": ">>", "*|": "|*",
}  # fmt: skip
_ORDER = sorted(_CLOSERS, key=len, reverse=True)

_ANY = re.compile(r"\{[{%#!*]|<[%?<]|\$\{|\*\|")
_ELSE = re.compile(r"[\s~-]*(?:\}?\s*else\b|else\s*if\b|elseif\b|elsif\b|elif\b|when\b|empty\b|\^\s*$|case\b)")
_GO = re.compile(r"[\s~-]*(?:if|unless|end|range|with|template|define|block|each|for|endif|endfor|endeach)(?![\w.|(])")
_OUTPUT_PHP = re.compile(r"\?(?:=|php\s+echo\b)", re.IGNORECASE)
_RUBY_BLOCK = re.compile(
    r"\s*(?:if|unless|elsif|else|end|for|each|case|when|while|include|layout|block|contentFor|content_for)\b"
    r"|.*\bdo\s*(?:\|[^|]*\|)?\s*-?$|\s*\}",
    re.DOTALL,
)
_MERGE_CONTROL = re.compile(r"(?:IF|IFNOT|ELSE|ELSEIF|END|INTERESTED|GROUP)\b[:|]?")
_ANGLED = re.compile(r"[A-Za-z_$][\w .$-]{0,60}")

_QUOTED = r"""(?P<q>['"])(?P<words>(?:\\.|(?!(?P=q)).)*)(?P=q)"""
_TRANSLATED = re.compile(
    rf"\s*(?:trans|translate|t)\s+{_QUOTED}"  # {% trans "Thank you" %}
    rf"|[-=\s]*(?:_|__|gettext|ugettext|trans|translate|t|_t|I18n\.t)\s*\(?\s*{_QUOTED.replace('q>', 'p>').replace('=q', '=p').replace('words', 'more')}\s*\)?\s*-?$"
    rf"|\s*{_QUOTED.replace('q>', 'r>').replace('=q', '=r').replace('words', 'last')}\s*\|\s*(?:trans|translate|t|_)\b",
    re.DOTALL,
)
_KEY = re.compile(r"[\w-]+(?:[.:/][\w-]+)+\.?|[a-z\d]+_[a-z\d_]+|[a-z]+[A-Z]\w*")

_BLADE = re.compile(r"@(?:endif|endforeach|component|extends|section|lang|endsection|include|foreach)\b")
_BLADE_TAG = re.compile(
    r"@(?:if|elseif|else|endif|foreach|endforeach|for|endfor|forelse|endforelse|while|endwhile|unless|endunless|isset"
    r"|endisset|empty|endempty|component|endcomponent|slot|endslot|section|endsection|extends|include|includeIf|yield"
    r"|php|endphp|auth|endauth|guest|endguest|can|endcan|csrf|stack|push|endpush|parent|show|lang)\b"
    r"(?:[ \t]*\((?:[^()\n]|\((?:[^()\n]|\([^()\n]*\))*\))*\))?"
)
_SMARTY = re.compile(r"\{(?:/if|/foreach|\$\w)")
_SMARTY_TAG = re.compile(
    r"\{/?(?:if|else|elseif|foreach|foreachelse|section|include|assign|capture|literal|block|extends|strip|nocache"
    r"|function|for|while|l|mailtxt)\b[^{}\n]{0,400}\}"
)
_SMARTY_WORDS = re.compile(r"""\{l\s+s=(?P<q>['"])(?P<words>.*?)(?<!\\)(?P=q)""")
_FREEMARKER_TAG = re.compile(r"</?[#@][a-zA-Z][^<>\n]{0,400}>|<#--.*?-->", re.DOTALL)

_SUBJECT_OPEN = re.compile(
    r"\{%-?\s*block\s+\w*subject\w*\s*-?%\}|<%-?\s*content_for\s*\(?\s*:subject\s*\)?\s*do\s*-?%>"
    r"|@section\(\s*['\"]subject['\"]\s*\)",
    re.IGNORECASE,
)
_SUBJECT_CLOSE = re.compile(r"\{%-?\s*endblock[^%]*%\}|<%-?\s*end\s*-?%>|@endsection")
_FRONT = re.compile(r"---[ \t]*\r?\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_FRONT_SUBJECT = re.compile(r"^(?:subject|email_subject)[ \t]*:[ \t]*(['\"]?)(.*?)\1[ \t]*\r?$", re.MULTILINE | re.I)


def read(source: str) -> Template:
    """Tell the tags of any template language in a source apart from its text."""
    marks = list(_tags(source))
    front = _front_matter(source)
    if front:
        marks.append((0, front, _GAP))
    subjects = tuple(_subjects(source, front))
    if not marks:
        return Template(source, source, source, (), subjects)
    return _lay(source, _disjoint(marks), subjects)


def _lay(source: str, marks: list[tuple[int, int, str]], subjects: tuple[Span, ...]) -> Template:
    canvas, mask, kept = [], [], []
    at = 0
    for start, end, kind in marks:
        between = source[at:start]
        tag = source[start:end]
        blank = " " * (end - start) if "\n" not in tag else re.sub(r"[^\n]", " ", tag)
        canvas += (between, tag if kind == _SLOT else blank)
        mask += (between, SLOT * (end - start) if kind == _SLOT else blank)
        kept.append(Mark(start + (kind == _BREAK), end, kind != _SLOT))
        at = end
    rest = source[at:]
    return Template(source, "".join((*canvas, rest)), "".join((*mask, rest)), tuple(kept), subjects)


def _disjoint(marks: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """In order, the earlier and then the longer of two that overlap."""
    kept: list[tuple[int, int, str]] = []
    for mark in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if mark[0] < mark[1] and (not kept or mark[0] >= kept[-1][1]):
            kept.append(mark)
    return kept


def _tags(source: str) -> Iterator[tuple[int, int, str]]:
    """Every tag with its kind; openers without an end, or with one too far away, are text."""
    if _ANY.search(source):
        yield from _bracketed(source, tuple(opener for opener in _ORDER if opener in source))
    if "@" in source and _BLADE.search(source):
        for found in _BLADE_TAG.finditer(source):
            yield from _function_like(found, "lang", "@lang")
    if _SMARTY.search(source) if "{" in source else False:
        for found in _SMARTY_TAG.finditer(source):
            words = _SMARTY_WORDS.match(found.group())
            yield from _around(found, words) if words else ((found.start(), found.end(), _GAP),)
    if "<#" in source or "<@" in source:
        for found in _FREEMARKER_TAG.finditer(source):
            yield found.start(), found.end(), _BREAK if found.group().startswith("<#else") else _GAP


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
        if end < 0 or end - inside > _LONGEST:
            at = found.start() + 1
            continue
        if opener == "{{" and source.startswith("}}}", end) and source.count("{", inside, end) > source.count("}", inside, end):
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


def _bracketed_kind(source: str, opener: str, start: int, end: int, inner: str) -> Iterator[tuple[int, int, str]]:
    if not _accepts(opener, inner):
        return
    kind = _KINDS.get(opener, lambda _: _GAP)(inner)
    words = _TRANSLATED.match(inner) if opener in {"{{", "{%", "<%", "{{{"} and ("'" in inner or '"' in inner) else None
    span = _literal(words) if words else None
    if span is None:
        yield start, end, kind
        return
    inside = source.index(inner, start)
    yield start, inside + span.start, _GAP
    yield inside + span.end, end, _GAP


def _literal(found: re.Match[str]) -> Span | None:
    """Where a translation tag holds words; None where it holds the key of a text."""
    for group in ("words", "more", "last"):
        words = found.group(group)
        if words:
            return None if _KEY.fullmatch(words.strip()) else Span(*found.span(group))
    return None


def _braces(inner: str) -> str:
    """Handlebars, Mustache, Go and Blade control inside double braces."""
    head = inner.lstrip("~ -\t\n")[:1]
    if _ELSE.match(inner):
        return _BREAK
    if head and head in "#/>!" or inner.startswith("^"):
        return _GAP
    return _GAP if _GO.match(inner) and not inner.strip().endswith(")") else _SLOT


def _percent(inner: str) -> str:
    """Jinja, Twig, Django, Liquid: nothing in ``{% %}`` is put out but translations."""
    return _BREAK if _ELSE.match(inner) else _GAP


def _server(inner: str) -> str:
    """ERB, EJS, JSP and GSP: ``<%= %>`` and ``<%- %>`` put out, the rest is control."""
    if inner[:1] == "=" or (inner[:1] == "-" and not _RUBY_BLOCK.match(inner[1:])):
        return _GAP if inner[:1] == "=" and re.search(r"\bdo\s*(?:\|[^|]*\|)?\s*-?$", inner) else _SLOT
    return _BREAK if _ELSE.match(inner) else _GAP


def _php(inner: str) -> str:
    if _OUTPUT_PHP.match("?" + inner):
        return _SLOT
    return _BREAK if _ELSE.match(inner.removeprefix("php")) else _GAP


def _merge(inner: str) -> str:
    if inner.startswith("ELSE"):
        return _BREAK
    return _GAP if _MERGE_CONTROL.match(inner) else _SLOT


_KINDS: dict[str, Callable[[str], str]] = {
    "{{": _braces,
    "{{{": lambda _: _SLOT,
    "{%": _percent,
    "{!!": lambda _: _SLOT,
    "{!": lambda _: _SLOT,
    "<%": _server,
    "<?": _php,
    "${": lambda _: _SLOT,
    "<<": lambda _: _SLOT,
    "*|": _merge,
}


def _function_like(found: re.Match[str], name: str, head: str) -> Iterator[tuple[int, int, str]]:
    """``@lang('Hello there')`` shows its words; every other directive is control."""
    text = found.group()
    words = re.match(rf"@{name}\s*\(\s*{_QUOTED}", text) if text.startswith(head) else None
    if words and not _KEY.fullmatch(words.group("words")):
        yield from _around(found, words)
    else:
        yield found.start(), found.end(), _BREAK if text.startswith("@else") else _GAP


def _around(found: re.Match[str], words: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    yield found.start(), found.start() + words.start("words"), _GAP
    yield found.start() + words.end("words"), found.end(), _GAP


def _front_matter(source: str) -> int:
    """The length of a YAML block at the start, which is no text; 0 where there is none."""
    if not source.startswith("---"):
        return 0
    found = _FRONT.match(source)
    return found.end() if found and ":" in found.group() and found.end() < 20_000 else 0


def _subjects(source: str, front: int) -> Iterator[Span]:
    """Where the message's subject is set: a block of that name, or the front matter."""
    for found in _FRONT_SUBJECT.finditer(source, 0, front):
        yield Span(*found.span(2))
    if "subject" not in source and "Subject" not in source:
        return
    for found in _SUBJECT_OPEN.finditer(source):
        closed = _SUBJECT_CLOSE.search(source, found.end())
        if closed and closed.start() - found.end() < 1000:
            yield Span(found.end(), closed.start())


_PLACEHOLDER = re.compile(
    r"""(?P<a>\{\{\{[^{}]{1,200}\}\}\}) | (?P<b>\{\{(?![#/!>^])(?:[^{}]|\{[^{}]*\}){1,400}\}\})
    | (?P<c><%[=-].{1,400}?%>) | (?P<d><\?(?:=|php\s+echo\b).{1,400}?\?>) | (?P<e>\$\{[^{}\n]{1,200}\})
    | (?P<f>\{!!?[^{}\n]{1,200}?(?:!!)?\}) | (?P<g><<[A-Za-z_$][\w .$-]{0,60}>>) | (?P<h>\*\|[^|\n]{1,100}\|\*)
    | (?P<i>«[A-Za-z_][\w.]{0,60}»|‹[A-Za-z_][\w.]{0,60}›) | (?P<j>%[A-Za-z_][A-Za-z_0-9.]{1,60}%) | (?P<k>%[{(][A-Za-z_]\w{0,60}[)}]s?)
    | (?P<l>\{[A-Za-z_$][\w.$]{0,60}\}|\{\d\}) | (?P<m>\#\{[^{}\n]{1,100}\})
    | (?P<n>\[\[[A-Za-z_][\w .-]{0,60}\]\]) | (?P<o>\[[A-Za-z_][^\[\]\n(){}|]{0,40}\](?![(:\[]))""",
    re.VERBOSE | re.DOTALL,
)
_SIGNS = ("{{", "<%", "<?", "${", "{", "<<", "*|", "«", "‹", "%", "#{", "[")
_INSIDE = re.compile(
    r"^(?:\{\{\{|\{\{-?|<%[=-]+|<\?(?:=|php\s+echo)|[$#%]\{|\{!!?|<<|\*\||«|‹|%\(?|\{|\[\[?)\s*(.*?)"
    r"\s*(?:\}\}\}|-?\}\}|-?%>|;?\s*\?>|!!\}|\}s?|>>|\|\*|»|›|\)s|%|\]\]?)$",
    re.DOTALL,
)
_NO_NAME = re.compile(
    r"sic\b|signature|intentionally|remainder|end of|page\b|omitted|redacted|reserved|confidential|blank|see\b|note\b"
    r"|emphasis|image\b|cid:|x\]|deleted|illegible",
    re.IGNORECASE,
)


def placeholders(text: str) -> tuple[Placeholder, ...]:
    """The template variables that stand in a text, as written, with their names trimmed."""
    if not any(sign in text for sign in _SIGNS):
        return ()
    found = []
    for match in _PLACEHOLDER.finditer(text):
        if match.lastgroup == "o" and not _names_a_blank(match.group()[1:-1]):
            continue
        inside = _INSIDE.match(match.group())
        found.append(Placeholder(match.start(), match.end(), inside.group(1) if inside else match.group()))
    return tuple(found)


def _names_a_blank(inner: str) -> bool:
    """``[Customer name]`` is to be filled in; ``[signature page follows]`` is a remark."""
    return len(inner.split()) <= 4 and not _NO_NAME.match(inner) and not inner.endswith((".", ",", ";"))


def visible(template: Template) -> tuple[str, SourceMap]:
    """The text without its control tags, and without the lines that hold nothing else."""
    starts = line_starts(template.source)
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = at = 0
    for start, end in _dropped(template):
        if start > at:
            pieces.append((length, at))
            parts.append(template.canvas[at:start])
            length += start - at
        at = max(at, end)
    if at < len(template.canvas) or not pieces:
        pieces.append((length, at))
        parts.append(template.canvas[at:])
    sources = tuple(source for _, source in pieces)
    return "".join(parts), SourceMap(tuple(text for text, _ in pieces), sources, starts)


def _dropped(template: Template) -> Iterator[tuple[int, int]]:
    """The gaps; one that stands alone on its line takes the line with it."""
    canvas = template.canvas
    for mark in template.marks:
        if not mark.gap:
            continue
        begin = canvas.rfind("\n", 0, mark.start) + 1
        stop = canvas.find("\n", mark.end)
        if stop >= 0 and not canvas[begin:stop].strip():
            yield begin, stop + 1
        else:
            yield mark.start, mark.end


def located(source_map: SourceMap, spans: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Spans of the source as trimmed spans of the text; those that left nothing are dropped."""
    found = []
    for span in spans:
        start = text_offset(source_map, span.start)
        end = text_offset(source_map, span.end)
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start < end:
            found.append(Span(start, end))
    return tuple(found)


def text_offset(source_map: SourceMap, source: int) -> int:
    """Where a source offset stands in the text, or where the next that does."""
    piece = bisect_right(source_map.sources, source) - 1
    if piece < 0:
        return 0
    offset = source_map.starts[piece] + source - source_map.sources[piece]
    if piece + 1 < len(source_map.starts):
        return min(offset, source_map.starts[piece + 1])
    return offset


def without(template: Template, spans: tuple[Span, ...]) -> Template:
    """The template with these parts blanked out."""
    if not spans:
        return template
    canvas, mask, marks = template.canvas, template.mask, list(template.marks)
    for span in spans:
        blank = re.sub(r"[^\n]", " ", canvas[span.start : span.end])
        canvas = canvas[: span.start] + blank + canvas[span.end :]
        mask = mask[: span.start] + blank + mask[span.end :]
        marks = [mark for mark in marks if mark.end <= span.start or mark.start >= span.end]
        marks.append(Mark(span.start, span.end, True))
    marks.sort(key=lambda mark: mark.start)
    return Template(template.source, canvas, mask, tuple(marks))
