"""An editor's side of a session: a real client that starts ``trustaudit lsp`` and talks to it over stdio."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

PATIENCE = 30.0  # seconds


@dataclass
class Editor:
    """What the editor knows: diagnostics by file, and messages that it was asked to show."""

    client: LanguageClient
    root: Path
    published: dict[str, types.PublishDiagnosticsParams] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def path(self, name: str) -> Path:
        return self.root / name

    def uri(self, name: str) -> str:
        return name if ":" in name else self.path(name).as_uri()

    def open(self, name: str, text: str, version: int = 1, language: str = "plaintext") -> None:
        item = types.TextDocumentItem(self.uri(name), language, version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, name: str, text: str, version: int) -> None:
        document = types.VersionedTextDocumentIdentifier(version, self.uri(name))
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))

    def save(self, name: str) -> None:
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(self._document(name)))

    def close(self, name: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self._document(name)))

    async def diagnostics(self, name: str, version: int | None = 1) -> list[types.Diagnostic]:
        """Those of a version of the text, once they are there."""

        async def there() -> list[types.Diagnostic]:
            while True:
                found = self.published.get(self.uri(name))
                if found is not None and found.version == version:
                    return list(found.diagnostics)
                self.news.clear()
                await self.news.wait()

        return await asyncio.wait_for(there(), PATIENCE)

    async def message(self) -> str:
        async def there() -> str:
            while not self.messages:
                self.news.clear()
                await self.news.wait()
            return self.messages.pop(0)

        return await asyncio.wait_for(there(), PATIENCE)

    async def hover(self, name: str, at: types.Position) -> types.Hover | None:
        return await self.client.text_document_hover_async(types.HoverParams(self._document(name), at))

    async def actions(
        self, name: str, at: types.Range, only: list[str] | None = None
    ) -> list[types.CodeAction]:
        context = types.CodeActionContext([], only=only)
        params = types.CodeActionParams(self._document(name), at, context)
        found = await self.client.text_document_code_action_async(params) or []
        return [each for each in found if isinstance(each, types.CodeAction)]

    def _document(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))


@asynccontextmanager
async def session(root: Path, encodings: list[str] | None = None) -> AsyncIterator[Editor]:
    """A server in ``root``, initialised; shut down and exited in good order at the end."""
    client = LanguageClient("test", "1")
    editor = Editor(client, root)

    def published(params: types.PublishDiagnosticsParams) -> None:
        editor.published[params.uri] = params
        editor.news.set()

    def shown(params: types.ShowMessageParams) -> None:
        editor.messages.append(params.message)
        editor.news.set()

    client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(published)
    client.feature(types.WINDOW_SHOW_MESSAGE)(shown)
    await client.start_io(sys.executable, "-m", "trustaudit", "lsp", cwd=root)
    general = types.GeneralClientCapabilities(
        position_encodings=[types.PositionEncodingKind(each) for each in encodings or []] or None
    )
    initialize = types.InitializeParams(
        capabilities=types.ClientCapabilities(general=general), root_uri=root.as_uri()
    )
    await asyncio.wait_for(client.initialize_async(initialize), PATIENCE)
    client.initialized(types.InitializedParams())
    try:
        yield editor
    finally:
        await asyncio.wait_for(client.shutdown_async(None), PATIENCE)
        client.exit(None)
        untyped: Any = client
        server = untyped._server
        await asyncio.wait_for(server.wait(), PATIENCE)
        await untyped.stop()
    assert server.returncode == 0


def within(text: str, found: types.Range) -> str:
    """The words of a range, in UTF-16 units, of a text with line feeds."""
    lines = text.split("\n")

    def offset(at: types.Position) -> int:
        before = sum(len(line.encode("utf-16-le")) // 2 + 1 for line in lines[: at.line])
        return before + at.character

    units = text.encode("utf-16-le")
    return units[2 * offset(found.start) : 2 * offset(found.end)].decode("utf-16-le")


def applied(text: str, edit: types.TextEdit) -> str:
    """The text with words inserted, in UTF-16 units."""
    at = edit.range.start
    lines = text.split("\n")
    units = lines[at.line].encode("utf-16-le")
    cut = 2 * at.character
    line = (units[:cut] + edit.new_text.encode("utf-16-le") + units[cut:]).decode("utf-16-le")
    return "\n".join([*lines[: at.line], line, *lines[at.line + 1 :]])
