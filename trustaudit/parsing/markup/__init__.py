"""HTML and what is like it (e-mail bodies, MJML, SSML) to blocks: shared by the parsers that meet it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from trustaudit.document import Block, BlockKind, Document, Link, Unread, line_starts
from trustaudit.errors import LimitError
from trustaudit.parsing import lines, templates
from trustaudit.parsing.builder import Builder
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.markup.flow import Flow, plain
from trustaudit.parsing.markup.look import Look
from trustaudit.parsing.markup.tokens import Skeleton, skeleton
from trustaudit.parsing.markup.walk import Walk, tree
from trustaudit.parsing.placeholders import placeholders
from trustaudit.parsing.templates import Template


def read(source: str, limits: Limits, mail: bool | None = None) -> Document:
    """The document in an HTML source; ``mail``: whether it is an e-mail's body (None: by its markup)."""
    template = templates.read(source)
    builder = Builder()
    flow = Flow(template, builder)
    _subjects(flow)
    flow.template = template = templates.without(template, template.subjects)
    cut = skeleton(template)
    limits.check_time()
    root = tree(cut)
    unread: tuple[Unread, ...] = ()
    if root is not None:
        walk = Walk(flow, cut, limits, _is_mail(source) if mail is None else mail)
        walk.run(root)
        unread = _lost(cut, walk.placed)
    document = builder.document(headers=_headers(template, cut, root))
    return _finished(document, builder, source, cut, unread)


def _finished(
    document: Document, builder: Builder, source: str, cut: Skeleton, unread: tuple[Unread, ...]
) -> Document:
    blocks = _titled(lines.noted(document.text, list(document.blocks)))
    return replace(
        document,
        blocks=tuple(blocks),
        source_map=builder.source_map(line_starts(source)),
        unread=(*unread, *_pictures(document, cut)),
        placeholders=placeholders(document.text),
        links=joined(document.links),
    )


def _subjects(flow: Flow) -> None:
    """What the template sets as the message's subject comes first."""
    for span in flow.template.subjects:
        flow.block(BlockKind.SUBJECT, 0)
        flow.text(span.start, span.end, Look(size=None, color=None, background=None).style, False, "")
    flow.builder.close()
    flow.block(BlockKind.PARAGRAPH, 0)
    flow.written = False


_MAIL_SIGNS = ('role="presentation"', "cellpadding", "[if mso", "<mjml", "mso-", "preheader")


def _is_mail(source: str) -> bool:
    """Laid out with tables or made for mail clients: no page for the web is, any more."""
    head = source[:20_000].lower()
    return any(
        sign in head
        for sign in ('role="presentation"', "cellpadding", "[if mso", "<mjml", "mso-", "preheader")
    )


def _headers(template: Template, cut: Skeleton, root: Any) -> dict[str, str]:
    headers = {}
    if cut.title is not None and (title := plain(template, *cut.title)):
        headers["title"] = title
    lang = root.get("lang") if root is not None else None
    if lang and "\ue005" not in lang:
        headers["lang"] = lang
    return headers


def _lost(cut: Skeleton, placed: int) -> tuple[Unread, ...]:
    lost = len(cut.texts) - placed
    if lost <= 0:
        return ()
    if placed == 0 or lost > placed:
        raise LimitError("markup nested too deep or too broken to read")
    return (Unread("markup", f"{lost} pieces of text were lost in broken markup"),)


def _pictures(document: Document, cut: Skeleton) -> tuple[Unread, ...]:
    words = len(document.text.split())
    if cut.images and words < 15 * min(cut.images, 3):
        few = "no words" if not words else f"{words} words"
        return (Unread("pictures", f"{cut.images} pictures and {few}: text in pictures was not read"),)
    return ()


def joined(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Pieces of one link as one."""
    merged: list[Link] = []
    for link in links:
        if merged and merged[-1].target == link.target and link.start - merged[-1].end <= 1:
            merged[-1] = Link(merged[-1].start, link.end, link.target)
        else:
            merged.append(link)
    return tuple(merged)


def _titled(blocks: list[Block]) -> list[Block]:
    """The first heading of the first rank is the title."""
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            if block.level == 1:
                blocks[at] = Block(block.start, block.end, BlockKind.TITLE, 1)
            break
    return blocks
