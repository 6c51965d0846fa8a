"""The variables of a template that stand in a text, whatever language wrote them."""

from __future__ import annotations

import re

from trustaudit.document import Placeholder

_PLACEHOLDER = re.compile(
    r"""\{\{\{[^{}]{1,200}\}\}\}
    | \{\{(?![#/!>^])(?:[^{}]|\{[^{}]*\}){1,400}\}\}          # Jinja, Twig, Liquid, Handlebars
    | <%[=-].{1,400}?%> | <\?(?:=|php\s+echo\b).{1,400}?\?>    # ERB, EJS, JSP; PHP
    | [$\#]\{[^{}\n]{1,200}\} | \{!!?[^{}\n]{1,200}?(?:!!)?\}  # GSP, Ruby; Salesforce, Blade
    | <<[A-Za-z_$][\w .$-]{0,60}>> | \*\|[^|\n]{1,100}\|\*     # merge fields
    | «[A-Za-z_][\w.]{0,60}» | ‹[A-Za-z_][\w.]{0,60}›
    | %[A-Za-z_][A-Za-z_0-9.]{1,60}% | %[{(][A-Za-z_]\w{0,60}[)}]s?
    | \{[A-Za-z_$][\w.$]{0,60}\} | \{\d\}                      # format strings
    | \[\[[A-Za-z_][\w .-]{0,60}\]\]
    | (?P<blank>\[[A-Za-z_][^\[\]\n(){}|]{0,40}\](?![(:\[]))   # [Customer name]""",
    re.VERBOSE | re.DOTALL,
)
_SIGN = re.compile(r"[{<$#%*«‹\[]")
_INSIDE = re.compile(
    r"^(?:\{\{\{|\{\{-?|<%[=-]+|<\?(?:=|php\s+echo)|[$#%]\{|\{!!?|<<|\*\||«|‹|%\(?|\{|\[\[?)\s*(.*?)"
    r"\s*(?:\}\}\}|-?\}\}|-?%>|;?\s*\?>|!!\}|\}s?|>>|\|\*|»|›|\)s|%|\]\]?)$",
    re.DOTALL,
)
_NO_NAME = re.compile(
    r"(?:sic|page|see|note)\b|signature|intentionally|remainder|end of|omitted|redacted|reserved|confidential"
    r"|blank|emphasis|image\b|cid:|deleted|illegible",
    re.IGNORECASE,
)


def placeholders(text: str) -> tuple[Placeholder, ...]:
    """The template variables that stand in a text, as written, with their names trimmed."""
    found: list[Placeholder] = []
    at = 0
    while sign := _SIGN.search(text, at):
        match = _PLACEHOLDER.match(text, sign.start())
        if match is None or (match.lastgroup == "blank" and not _names_a_blank(match.group()[1:-1])):
            at = sign.end()
            continue
        inside = _INSIDE.match(match.group())
        found.append(Placeholder(match.start(), match.end(), inside[1] if inside else match.group()))
        at = match.end()
    return tuple(found)


def _names_a_blank(inner: str) -> bool:
    """``[Customer name]`` is to be filled in; ``[signature page follows]`` is a remark."""
    return len(inner.split()) <= 4 and not _NO_NAME.match(inner) and not inner.endswith((".", ",", ";"))
