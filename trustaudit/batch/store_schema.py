"""The tables of a store, their version, and the way from every earlier version to this one.

``VIEWS`` is what may be relied on: queries and exports read those; the tables below them may change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from types import MappingProxyType

APPLICATION = 0x7472_7573  # "trus": PRAGMA application_id of a store
VERSION = 2

TABLES = """
CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE shared (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE requests (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, asked TEXT NOT NULL);
CREATE TABLE rulesets (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, version TEXT NOT NULL, reader TEXT NOT NULL);
CREATE TABLE texts (
  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, called TEXT NOT NULL, reader TEXT NOT NULL,
  media_type TEXT NOT NULL, characters INTEGER NOT NULL, body BLOB NOT NULL, layout BLOB NOT NULL,
  UNIQUE (sha256, called, reader));
CREATE TABLE audits (
  id INTEGER PRIMARY KEY,
  text_id INTEGER NOT NULL REFERENCES texts (id),
  request_id INTEGER NOT NULL REFERENCES requests (id),
  ruleset_id INTEGER NOT NULL REFERENCES rulesets (id),
  signs TEXT NOT NULL, kind TEXT NOT NULL, audience TEXT NOT NULL, language TEXT NOT NULL,
  score REAL, grade TEXT, grade_reason TEXT NOT NULL, words INTEGER NOT NULL, pages INTEGER,
  deposits REAL NOT NULL, withdrawals REAL NOT NULL, balance REAL NOT NULL,
  worst INTEGER NOT NULL, unread INTEGER NOT NULL, comments INTEGER NOT NULL, data BLOB NOT NULL,
  UNIQUE (text_id, request_id, ruleset_id, signs));
CREATE TABLE documents (
  id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, settled INTEGER NOT NULL, sha256 TEXT NOT NULL,
  audit_id INTEGER REFERENCES audits (id), problem TEXT, problem_key TEXT NOT NULL DEFAULT '',
  quarantined INTEGER NOT NULL DEFAULT 0);
CREATE INDEX documents_audit ON documents (audit_id);
CREATE TABLE findings (
  audit_id INTEGER NOT NULL REFERENCES audits (id) ON DELETE CASCADE, number INTEGER NOT NULL,
  rule_id INTEGER NOT NULL, title_id INTEGER NOT NULL, severity TEXT NOT NULL, confidence TEXT NOT NULL,
  effect TEXT NOT NULL, favours TEXT NOT NULL, topic_id INTEGER NOT NULL, quote TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, page INTEGER, line INTEGER,
  in_fine_print INTEGER NOT NULL, weight REAL NOT NULL, counts INTEGER NOT NULL, fingerprint TEXT NOT NULL,
  PRIMARY KEY (audit_id, number)) WITHOUT ROWID;
CREATE TABLE outcomes (
  audit_id INTEGER NOT NULL REFERENCES audits (id) ON DELETE CASCADE, rule_id INTEGER NOT NULL,
  outcome_id INTEGER NOT NULL, reason_id INTEGER, PRIMARY KEY (audit_id, rule_id)) WITHOUT ROWID;
CREATE TABLE entries (
  audit_id INTEGER NOT NULL REFERENCES audits (id) ON DELETE CASCADE, number INTEGER NOT NULL,
  finding INTEGER NOT NULL, amount REAL NOT NULL, balance REAL NOT NULL, reason_id INTEGER,
  PRIMARY KEY (audit_id, number)) WITHOUT ROWID;
CREATE TABLE metrics (
  audit_id INTEGER NOT NULL REFERENCES audits (id) ON DELETE CASCADE, metric_id INTEGER NOT NULL,
  value REAL, reason_id INTEGER, PRIMARY KEY (audit_id, metric_id)) WITHOUT ROWID;
CREATE TABLE reports (key TEXT PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE clauses (
  text_id INTEGER NOT NULL REFERENCES texts (id) ON DELETE CASCADE, number INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, hash INTEGER NOT NULL,
  PRIMARY KEY (text_id, number)) WITHOUT ROWID;
"""

VIEWS = """
CREATE VIEW document AS
SELECT d.id AS document, d.path AS path, d.sha256 AS sha256,
  CASE WHEN d.audit_id IS NOT NULL THEN 'read' WHEN d.quarantined THEN 'quarantined' ELSE 'unreadable' END
    AS state,
  coalesce(d.problem, '') AS reason, t.media_type AS media_type, a.kind AS kind, a.audience AS audience,
  a.language AS language, a.words AS words, a.pages AS pages, a.score AS score, a.grade AS grade,
  a.grade_reason AS grade_reason, a.deposits AS deposits, a.withdrawals AS withdrawals,
  a.balance AS balance, d.audit_id AS audit, r.version AS version, r.key AS rules
FROM documents d LEFT JOIN audits a ON a.id = d.audit_id LEFT JOIN texts t ON t.id = a.text_id
  LEFT JOIN rulesets r ON r.id = a.ruleset_id;
CREATE VIEW finding AS
SELECT d.id AS document, d.path AS path, f.number AS number, w.text AS rule, h.text AS title,
  f.severity AS severity, f.confidence AS confidence, f.effect AS effect, f.favours AS favours,
  t.text AS topic, f.quote AS quote, f.start AS start, f."end" AS "end", f.page AS page, f.line AS line,
  f.in_fine_print AS in_fine_print, f.weight AS weight, f.counts AS counts, f.fingerprint AS fingerprint
FROM documents d JOIN findings f ON f.audit_id = d.audit_id JOIN words w ON w.id = f.rule_id
  JOIN words h ON h.id = f.title_id JOIN words t ON t.id = f.topic_id;
CREATE VIEW outcome AS
SELECT d.id AS document, d.path AS path, w.text AS rule, k.text AS outcome, coalesce(r.text, '') AS reason
FROM documents d JOIN outcomes o ON o.audit_id = d.audit_id JOIN words w ON w.id = o.rule_id
  JOIN words k ON k.id = o.outcome_id LEFT JOIN words r ON r.id = o.reason_id;
CREATE VIEW entry AS
SELECT d.id AS document, d.path AS path, e.number AS number, e.finding AS finding, w.text AS rule,
  e.amount AS amount, e.balance AS balance, coalesce(r.text, '') AS reason
FROM documents d JOIN entries e ON e.audit_id = d.audit_id
  JOIN findings f ON f.audit_id = e.audit_id AND f.number = e.finding JOIN words w ON w.id = f.rule_id
  LEFT JOIN words r ON r.id = e.reason_id;
CREATE VIEW metric AS
SELECT d.id AS document, d.path AS path, w.text AS metric, m.value AS value,
  coalesce(r.text, '') AS reason
FROM documents d JOIN metrics m ON m.audit_id = d.audit_id JOIN words w ON w.id = m.metric_id
  LEFT JOIN words r ON r.id = m.reason_id;
"""

VIEW_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "documents": "document",
        "findings": "finding",
        "outcomes": "outcome",
        "entries": "entry",
        "metrics": "metric",
    }
)
"""What users call a table of results, and the view that holds it."""


def create(store: sqlite3.Connection) -> None:
    """Make an empty store; the connection is in a transaction."""
    _script(store, TABLES + VIEWS)
    store.execute(f"PRAGMA application_id = {APPLICATION}")
    store.execute(f"PRAGMA user_version = {VERSION}")


def migrate(store: sqlite3.Connection, version: int) -> None:
    """From an earlier version to this one, all in the transaction that the connection is in."""
    for name in VIEW_NAMES.values():
        store.execute(f"DROP VIEW IF EXISTS {name}")
    for step in range(version, VERSION):
        MIGRATIONS[step](store)
    _script(store, VIEWS)
    store.execute(f"PRAGMA user_version = {VERSION}")


def _script(store: sqlite3.Connection, script: str) -> None:
    """Statement by statement: ``executescript`` would end the transaction first."""
    for statement in script.split(";\n"):
        if statement.strip():
            store.execute(statement)


def _from_1(store: sqlite3.Connection) -> None:
    """Version 2 remembers what kills its worker, the last reports, and the clauses of each text."""
    from trustaudit.batch.store_clauses import clauses_of_body

    store.execute("ALTER TABLE documents ADD COLUMN quarantined INTEGER NOT NULL DEFAULT 0")
    store.execute("CREATE TABLE reports (key TEXT PRIMARY KEY, data BLOB NOT NULL)")
    store.execute(
        "CREATE TABLE clauses ("
        "text_id INTEGER NOT NULL REFERENCES texts (id) ON DELETE CASCADE, number INTEGER NOT NULL, "
        'start INTEGER NOT NULL, "end" INTEGER NOT NULL, hash INTEGER NOT NULL, '
        "PRIMARY KEY (text_id, number)) WITHOUT ROWID"
    )
    for text, body in store.execute("SELECT id, body FROM texts"):
        rows = ((text, number, *clause) for number, clause in enumerate(clauses_of_body(body)))
        store.executemany("INSERT INTO clauses VALUES (?, ?, ?, ?, ?)", rows)


MIGRATIONS: Mapping[int, Callable[[sqlite3.Connection], None]] = MappingProxyType({1: _from_1})
"""Version -> the step to the next."""
