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
_SIGNS = ("{{", "<%", "<?", "${", "{", "<<", "*|", "«", "‹", "%", "#{", "[")
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
    if not any(sign in text for sign in _SIGNS):
        return ()
    found = []
    for match in _PLACEHOLDER.finditer(text):
        if match.lastgroup == "blank" and not _names_a_blank(match.group()[1:-1]):
            continue
        inside = _INSIDE.match(match.group())
        found.append(Placeholder(match.start(), match.end(), inside.group(1) if inside else match.group()))
    return tuple(found)


def _names_a_blank(inner: str) -> bool:
    """``[Customer name]`` is to be filled in; ``[signature page follows]`` is a remark."""
    return len(inner.split()) <= 4 and not _NO_NAME.match(inner) and not inner.endswith((".", ",", ";"))
