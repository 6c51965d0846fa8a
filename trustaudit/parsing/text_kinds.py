"""Which kind of text a text is: e-mail, HTML, Markdown, message catalogue or plain."""

from __future__ import annotations

import re

_words = str.split

_HTML = "text/html"
_MARKDOWN = "text/markdown"
_PLAIN = "text/plain"
_MAIL = "message/rfc822"
_CATALOGUE = "text/x-message-catalogue"
_SPEECH = "application/ssml+xml"

_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]*)[ \t]*:(?:[ \t]|\r?\n)")
_CARRIER = frozenset(
    _words(
        "received message-id mime-version return-path content-type content-transfer-encoding date "
        "delivered-to x-mailer x-original-to envelope-to dkim-signature authentication-results "
        "thread-topic"
    )
)  # headers that only a mail system writes
_PERSONAL = frozenset(_words("from to subject cc bcc reply-to sender in-reply-to references importance"))

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|mjml)\b", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:html|head|body|table|tbody|tr|td|th|div|p|br|a|span|h[1-6]|ul|ol|li|img|style|strong|b|i|em|u|font"
    r"|center|small|hr|section|article|mj-[a-z]+|speak|response|say|prompt|container|row|columns)(?=[\s/>])",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:speak\b|Response\b[^>]*>\s*<(?:Say|Gather|Play|Pause|Dial)\b)",
    re.DOTALL,
)
_VOICE_TAG = re.compile(r"<(?:say-as|break|emphasis|prosody|phoneme|amazon:effect)\b[^<>]*>", re.IGNORECASE)
_XML_CATALOGUE = re.compile(r"<(?:xliff|resources)\b")
_HTML_SUFFIXES = frozenset(_words("html htm xhtml mjml jsp jspx gsp cshtml vue hbs handlebars ftl phtml"))
_TEMPLATE_SUFFIXES = frozenset(
    _words("twig erb mustache liquid ejs blade php tpl smarty jinja jinja2 j2 njk haml slim")
)
_MARKDOWN_SUFFIXES = frozenset(_words("md markdown mdown mkd"))
_TEXT_SUFFIXES = frozenset(_words("txt text asc log"))
_CATALOGUE_SUFFIXES = frozenset(_words("po pot properties xlf xliff json yml yaml csv xml strings arb"))
_FILTERED = re.compile(r"\{%-?\s*(?:apply|filter)\s+markdown")
_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"\[[^\]\n]{1,80}\]\((?:https?:|#|/|\{\{)[^)\n]*\)"),
    re.compile(r"\*\*\w[^*\n]*\*\*"),
    re.compile(r"^\|?(?:\s*:?-{3,}:?\s*\|)+", re.MULTILINE),
)


def text_kind(text: str, name: str = "") -> str:
    """The media type of a text, from its beginning and, among kinds of text, its name."""
    suffixes = name.lower().replace("\\", "/").rpartition("/")[2].split(".")[1:]
    last = suffixes[-1] if suffixes else ""
    body = text.lstrip("\ufeff \t\r\n\f")
    if last in _CATALOGUE_SUFFIXES and _is_catalogue(text, last):
        return _CATALOGUE
    if _is_mail(body, last):
        return _MAIL
    if _SPOKEN.match(body) or (last not in _HTML_SUFFIXES and _is_marked_for_a_voice(body)):
        return _SPEECH
    if _FILTERED.search(text):
        return _MARKDOWN
    return _HTML if _is_html(body, suffixes) else _prose(text, suffixes)


def _is_marked_for_a_voice(body: str) -> bool:
    """A text with marks for a voice in it, and none of a page."""
    return "<" in body and bool(_VOICE_TAG.search(body)) and not _PAGE.search(body[:8192])


def _prose(text: str, suffixes: list[str]) -> str:
    """Markdown or plain: by the suffix, else by marks that plain text does not have."""
    last = suffixes[-1] if suffixes else ""
    if last in _MARKDOWN_SUFFIXES:
        return _MARKDOWN
    if last in _TEXT_SUFFIXES or "txt" in suffixes or "text" in suffixes:
        return _PLAIN
    return _MARKDOWN if sum(bool(sign.search(text)) for sign in _MARKDOWN_SIGNS) >= 2 else _PLAIN


def is_catalogue_name(name: str) -> bool:
    """Files of which all must be seen to tell what they are."""
    return name.lower().rpartition(".")[2] in _CATALOGUE_SUFFIXES


def _is_mail(body: str, suffix: str) -> bool:
    """A block of header lines at the start that only a mail system writes, or an .eml with any."""
    if body.startswith("From ") and "\n" in body:
        body = body.partition("\n")[2]  # the envelope line of a mailbox file
    names = {found.group(1).lower() for found in map(_HEADER.match, _header_lines(body)) if found}
    if suffix in {"eml", "mht", "mhtml"} and (names & (_CARRIER | _PERSONAL) or not body.startswith("<")):
        return True
    return len(names & _CARRIER) >= 1 and len(names & (_CARRIER | _PERSONAL)) >= 2


def _header_lines(body: str) -> list[str]:
    lines: list[str] = []
    for line in body[:16_384].splitlines(keepends=True)[:100]:
        if not line.strip():
            break
        if line[0] not in " \t":
            if not _HEADER.match(line):
                break
            lines.append(line)
    return lines


def _is_html(body: str, suffixes: list[str]) -> bool:
    last = suffixes[-1] if suffixes else ""
    page = _PAGE.search(body[:8192])
    if last in _MARKDOWN_SUFFIXES or last in _TEXT_SUFFIXES:
        return page is not None and _opens(body, page.start())
    if page or _HTML_SUFFIXES & set(suffixes):
        return page is not None or "text" not in suffixes or bool(_TAG.search(body))
    if last in _TEMPLATE_SUFFIXES:
        return len(_TAG.findall(body)) >= (1 if "txt" not in suffixes and "text" not in suffixes else 5)
    return (body.startswith("<") and bool(_TAG.search(body))) or _dense(body)


def _opens(body: str, at: int) -> bool:
    """Nothing but comments, declarations and template tags before the page begins."""
    before = re.sub(r"<!--.*?-->|<[?%!].*?>|\{[%#].*?[%#]\}|\{\{.*?\}\}", "", body[:at], flags=re.DOTALL)
    return not before.strip()


def _dense(body: str) -> bool:
    """Tags often enough that they are the text's own markup, not mentioned in it."""
    tags = len(_TAG.findall(body[:8192]))
    return tags >= 5 and tags * 200 > min(len(body), 8192)


def _is_catalogue(text: str, suffix: str) -> bool:
    if suffix in {"xlf", "xliff", "xml"}:
        return bool(_XML_CATALOGUE.search(text[:4096]))
    from trustaudit.parsing.messages import is_catalogue

    return is_catalogue(text, suffix)
