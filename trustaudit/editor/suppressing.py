"""The edit that suppresses a finding: a comment where the format has one, else an entry of a sidecar file.

An edit is offered only after it was tried: the text with the comment in it is read again, and the comment
must hold for the finding and change no other word.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trustaudit import parsing
from trustaudit.audit import Finding
from trustaudit.document import Document, Span
from trustaudit.editor.checking import encoded
from trustaudit.editor.showing import Shown
from trustaudit.errors import TrustauditError
from trustaudit.suppression import comments, sidecar

REASON = "…"
"""Stands where the reason has to be written; as long as it does, the comment hides nothing and says so."""
_TRIAL = "x"  # a reason for the trial, as long as the one that is left open

_FORMS = {
    "erb": "<%# {} %>",
    "ejs": "<%# {} %>",
    "twig": "{{# {} #}}",
    "jinja": "{{# {} #}}",
    "jinja2": "{{# {} #}}",
    "j2": "{{# {} #}}",
    "njk": "{{# {} #}}",
    "hbs": "{{{{!-- {} --}}}}",
    "handlebars": "{{{{!-- {} --}}}}",
    "mustache": "{{{{! {} }}}}",
    "liquid": "{{% comment %}}{}{{% endcomment %}}",
}
_BY_TYPE = {
    "text/html": "<!-- {} -->",
    "text/markdown": "<!-- {} -->",
    "text/plain": "# {}",
    "text/x-message-catalogue": "# {}",
}


@dataclass(frozen=True, slots=True)
class Insertion:
    """Words to put into the text at an offset."""

    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class SidecarEntry:
    """Words to put at the end of a sidecar file, which is made where it is not there."""

    path: Path
    text: str
    new: bool


def edit(shown: Shown, found: Finding, path: Path) -> Insertion | SidecarEntry | None:
    """What suppresses this finding, with ``REASON`` to be filled in; None where nothing does."""
    audit = shown.checked.audit
    if audit is None:
        return None
    place = shown.source(found.span)
    if place is not None:
        for each in _insertions(shown, audit.document, found, place):
            if _holds(shown, audit.document, found, place, each, path):
                return each
    return _entry(found, path)


def _insertions(shown: Shown, document: Document, found: Finding, place: Span) -> Iterator[Insertion]:
    """A line above the block, in the block, at the top of the file: the nearer the better."""
    text, positions = shown.checked.text, shown.positions
    block = document.block_at(found.start)
    start = shown.source(block.span) if block else None
    begin = start.start if start else place.start
    line_start = positions.starts[positions.at(begin)[0]]
    indent = (re.match(r"[ \t]*", text[line_start:]) or [""])[0]
    newline = "\r\n" if "\r\n" in text else "\n"
    for form in _forms(document.name, document.media_type):
        comment = form.format(f"trustaudit: ignore[{found.rule}] because {REASON}")
        yield Insertion(line_start, f"{indent}{comment}{newline}")
        if not form.startswith("#"):
            yield Insertion(begin, f"{comment} ")
        whole = form.format(f"trustaudit: ignore-file[{found.rule}] because {REASON}")
        yield Insertion(shown.checked.shift, f"{whole}{newline}")


def _forms(name: str, media_type: str) -> list[str]:
    suffixes = name.lower().rpartition("/")[2].split(".")[1:]
    named = [_FORMS[each] for each in reversed(suffixes) if each in _FORMS]
    return [*named, *([_BY_TYPE[media_type]] if media_type in _BY_TYPE else [])]


def _holds(shown: Shown, before: Document, found: Finding, place: Span, each: Insertion, path: Path) -> bool:
    """Whether the comment, once it has a reason, hides this finding and leaves every word as it was."""
    text = shown.checked.text
    trial = text[: each.offset] + each.text.replace(REASON, _TRIAL) + text[each.offset :]
    data = encoded(trial, path)
    try:
        after = parsing.parse(data, before.name)
    except TrustauditError:
        return False
    if after.source_map is None or after.text.split() != before.text.split():
        return False
    moved = place.start - shown.checked.shift + (len(each.text) if each.offset <= place.start else 0)
    at = bisect_left(range(len(after.text)), moved, key=after.source_map.source)
    said = comments.read(after, data)
    return not said.problems and any(
        found.rule in one.rules and (one.span is None or one.span.start <= at < one.span.end)
        for one in said.suppressions
    )


def _entry(found: Finding, path: Path) -> SidecarEntry:
    """An entry of the sidecar for this finding alone, by its fingerprint."""
    file = sidecar.beside(path)
    quote = " ".join(found.quote.split())
    entry = (
        f"  - rule: {found.rule}\n"
        f"    fingerprint: {json.dumps(found.fingerprint)}\n"
        f"    reason: {REASON}"
        f"{f'  # {quote[:60]}' if quote else ''}\n"
    )
    new = not file.exists() or not file.read_text(encoding="utf-8", errors="replace").strip()
    return SidecarEntry(file, f"ignore:\n{entry}" if new else entry, new)
