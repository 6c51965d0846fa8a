"""The server: what an editor says, and what it is told."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

import trustaudit
from trustaudit.editor import actions
from trustaudit.editor.checking import Checked, check
from trustaudit.editor.showing import Shown, diagnostics, hover
from trustaudit.editor.worker import Worker

PAUSE = 0.3  # seconds without a key before a changed text is audited
_SETTINGS = frozenset({"trustaudit.toml", "pyproject.toml"})
_SUFFIXES = {"markdown": ".md", "html": ".html", "handlebars": ".hbs", "twig": ".twig", "erb": ".erb"}
_log = logging.getLogger(__name__)


@dataclass
class _Open:
    """A text that is open: its version, and what was last found in which version."""

    path: Path
    version: int | None
    shown: Shown | None = None
    shown_version: int | None = None


@dataclass
class Session:
    """One editor: its open texts, the thread that audits them, and what it was told already."""

    server: LanguageServer
    open: dict[str, _Open] = field(default_factory=dict)
    worker: Worker = field(default_factory=Worker)
    told: str = ""

    def look(self, uri: str, delay: float = 0.0) -> None:
        """Audit the text of a file as it is now, after a pause in which it may change again."""
        document = self.server.workspace.get_text_document(uri)
        path = _path(uri, document.language_id or "")
        if path is None:
            return
        entry = self.open.setdefault(uri, _Open(path, document.version))
        entry.version = document.version
        loop = asyncio.get_running_loop()
        text, version = document.source, document.version

        def audit() -> None:
            checked = _checked(text, path)
            loop.call_soon_threadsafe(partial(self.tell, uri, version, checked))

        self.worker.ask(uri, audit, delay)

    def look_again(self) -> None:
        """The settings or the rules have changed: audit all that is open."""
        self.told = ""
        for uri in list(self.open):
            self.look(uri)

    def close(self, uri: str) -> None:
        self.worker.forget(uri)
        self.open.pop(uri, None)
        self._publish(uri, [], None)

    def tell(self, uri: str, version: int | None, checked: Checked) -> None:
        """Show what was found, unless the text has changed since, or is closed."""
        entry = self.open.get(uri)
        if entry is None or entry.version != version:
            return
        if checked.trouble:
            self._complain(checked.trouble)
        else:
            self.told = ""
        entry.shown = Shown.of(checked, _units(self.server))
        entry.shown_version = version
        self._publish(uri, diagnostics(entry.shown, uri), version)

    def current(self, uri: str) -> Shown | None:
        """What was found in the text as it is now; None while that is not known."""
        entry = self.open.get(uri)
        return entry.shown if entry and entry.shown_version == entry.version else None

    def _complain(self, trouble: str) -> None:
        """Once for each trouble, not at every key."""
        if trouble != self.told:
            self.told = trouble
            self.server.window_show_message(types.ShowMessageParams(types.MessageType.Error, trouble))

    def _publish(self, uri: str, found: list[types.Diagnostic], version: int | None) -> None:
        self.server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, found, version=version)
        )


def _path(uri: str, language: str) -> Path | None:
    """The file of a text; for one that is not saved yet a name by its language; None for what is no file."""
    if uri.startswith("untitled:"):
        return Path.cwd() / f"untitled{_SUFFIXES.get(language, '.txt')}"
    name = uris.to_fs_path(uri) if uri.startswith("file:") else None
    return Path(name) if name else None


def _checked(text: str, path: Path) -> Checked:
    """The audit; a fault of ours is said, and the server goes on."""
    try:
        return check(text, path, datetime.now(UTC).date())
    except Exception as error:  # noqa: BLE001  # one text's fault must not end the session
        _log.exception("audit of %s", path)
        return Checked(
            text, trouble=f"an error in trustaudit, please report it: {type(error).__name__}: {error}"
        )


def _units(server: LanguageServer) -> str:
    return types.PositionEncodingKind(server.workspace.position_encoding or "utf-16").value


def make() -> LanguageServer:
    """The server with everything that it answers to."""
    # whole texts: what breaks a line is then for nobody to disagree about
    server = LanguageServer(
        "trustaudit", trustaudit.__version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
    )
    session = Session(server)
    _follow_texts(server, session)
    _answer(server, session)
    return server


def _follow_texts(server: LanguageServer, session: Session) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def did_open(params: types.DidOpenTextDocumentParams) -> None:
        session.look(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def did_change(params: types.DidChangeTextDocumentParams) -> None:
        session.look(params.text_document.uri, PAUSE)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def did_save(params: types.DidSaveTextDocumentParams) -> None:
        name = Path(uris.to_fs_path(params.text_document.uri) or "").name
        if name in _SETTINGS or name.endswith((".yaml", ".yml")):
            session.look_again()
        elif params.text_document.uri in session.open:
            session.look(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def did_close(params: types.DidCloseTextDocumentParams) -> None:
        session.close(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def files_changed(_params: types.DidChangeWatchedFilesParams) -> None:
        session.look_again()


def _answer(server: LanguageServer, session: Session) -> None:
    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        await _watch(server)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def on_hover(params: types.HoverParams) -> types.Hover | None:
        shown = session.current(params.text_document.uri)
        return hover(shown, params.position) if shown else None

    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)
    def on_code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        shown = session.current(uri)
        if shown is None or not _wanted(params.context):
            return []
        return list(actions.actions(shown, uri, session.open[uri].path, params.range))


def _wanted(context: types.CodeActionContext) -> bool:
    """Whether the editor asks for quick fixes, by name or by asking for anything."""
    return context.only is None or any(
        str(kind) in {"", types.CodeActionKind.QuickFix.value} for kind in context.only
    )


async def _watch(server: LanguageServer) -> None:
    """Ask to be told when settings, rules or sidecar files change, of editors that can be asked."""
    workspace = server.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if watched is None or not watched.dynamic_registration:
        return
    patterns = ["**/trustaudit.toml", "**/pyproject.toml", "**/*.trustaudit.yaml", "**/rules/**/*.yaml"]
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(p) for p in patterns])
    await server.client_register_capability_async(
        types.RegistrationParams(
            [types.Registration("trustaudit-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)]
        )
    )


def run() -> None:
    """Serve on standard input and output; whatever else would be printed goes to standard error."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="trustaudit: %(message)s")
    make().start_io(source, target)
