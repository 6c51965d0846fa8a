"""What an editor offers to do about a finding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types

from trustaudit.audit import Finding
from trustaudit.document import Span
from trustaudit.editor.positions import Positions
from trustaudit.editor.showing import SOURCE, Shown, diagnostics
from trustaudit.editor.suppressing import Insertion, SidecarEntry, edit
from trustaudit.report.escaping import one_line


def actions(shown: Shown, uri: str, path: Path, wanted: types.Range) -> Iterator[types.CodeAction]:
    """For each finding in the range: make the change that its rule declares; suppress it with a reason."""
    yield from _fixes(shown, uri, wanted)
    by_mark = {each.data: each for each in diagnostics(shown, uri) if each.data}
    for issue, _ in shown.issues_in(wanted):
        found = issue.finding
        made = edit(shown, found, path)
        if made is not None:
            yield types.CodeAction(
                title=_title(found, made),
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[by_mark[found.fingerprint]] if found.fingerprint in by_mark else None,
                edit=_workspace_edit(shown, uri, made),
            )


def _fixes(shown: Shown, uri: str, wanted: types.Range) -> Iterator[types.CodeAction]:
    """The safe changes of wording or typography in the range."""
    for each in shown.checked.edits:
        place = shown.between(Span(shown.character(each.start), shown.character(each.end)))
        if place.start <= wanted.end and wanted.start <= place.end:
            yield types.CodeAction(
                title=f"{SOURCE}: “{one_line(each.before)}” → “{one_line(each.after)}”",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[
                    mark for mark in diagnostics(shown, uri) if mark.code == each.rule and _share(mark, place)
                ],
                is_preferred=True,
                edit=types.WorkspaceEdit(changes={uri: [types.TextEdit(place, each.after)]}),
            )


def _share(mark: types.Diagnostic, place: types.Range) -> bool:
    return mark.range.start <= place.end and place.start <= mark.range.end


def _title(found: Finding, made: Insertion | SidecarEntry) -> str:
    where = f" in {made.path.name}" if isinstance(made, SidecarEntry) else ""
    whole = " in this file" if isinstance(made, Insertion) and "ignore-file[" in made.text else ""
    return f"{SOURCE}: suppress {found.rule}{whole}{where}, with a reason"


def _workspace_edit(shown: Shown, uri: str, made: Insertion | SidecarEntry) -> types.WorkspaceEdit:
    if isinstance(made, Insertion):
        at = types.Position(*shown.positions.at(made.offset))
        return types.WorkspaceEdit(changes={uri: [types.TextEdit(types.Range(at, at), made.text)]})
    return _sidecar_edit(made)


def _sidecar_edit(made: SidecarEntry) -> types.WorkspaceEdit:
    """The entry at the end of the file, which is made first where it is not there."""
    uri = made.path.absolute().as_uri()
    text = made.path.read_text(encoding="utf-8", errors="replace") if made.path.exists() else ""
    end = types.Position(*Positions.of(text).at(len(text)))
    begun = "\n" if text and not text.endswith("\n") else ""
    target = types.OptionalVersionedTextDocumentIdentifier(uri)
    written = types.TextDocumentEdit(target, [types.TextEdit(types.Range(end, end), begun + made.text)])
    if made.path.exists():
        return types.WorkspaceEdit(document_changes=[written])
    new = types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))
    return types.WorkspaceEdit(document_changes=[new, written])
