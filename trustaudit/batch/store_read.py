"""Audits out of a store, one after the other, as they were before they went in."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from trustaudit.audit import Audit
from trustaudit.batch.store import explained
from trustaudit.batch.store_audit import Pieces, unpack_audit
from trustaudit.batch.store_text import Packed, unpack_document
from trustaudit.errors import StoreError


class Reader:
    """Reads audits by their numbers; a text that was read last is not read again for the next name of it."""

    def __init__(self, store: sqlite3.Connection, path: Path) -> None:
        self._store = store
        self._path = path
        self._pieces = Pieces(self._piece)

    def audit(self, number: int, name: str) -> Audit:
        """The audit of this number, of a document that is called so. Raises ``StoreError``."""
        with explained(self._path):
            row = self._store.execute(
                "SELECT a.data, t.media_type, t.sha256, t.body, t.layout FROM audits a "
                "JOIN texts t ON t.id = a.text_id WHERE a.id = ?",
                (number,),
            ).fetchone()
            if row is None:
                raise StoreError(f"{self._path}: the audit of {name} is gone from it; run this again")
            data, kind, digest, body, layout = row
            try:
                document = unpack_document(Packed(body, layout), name=name, media_type=kind, sha256=digest)
                return unpack_audit(data, document, self._pieces)
            except ValueError as error:
                raise StoreError(f"{self._path}: the audit of {name} in it is damaged: {error}") from None

    def _piece(self, name: int) -> bytes:
        row = self._store.execute("SELECT data FROM shared WHERE id = ?", (name,)).fetchone()
        if row is None:
            raise ValueError("a shared piece is missing")
        return bytes(row[0])
