"""The path of a document on one page: read, understand, find, weigh."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from trustaudit import engine, metrics, parsing, ruleset, scoring
from trustaudit.audit import Audience, Audit, Kind, Measure, MessageFacts, Tool, Unreadable
from trustaudit.document import Document
from trustaudit.errors import ConfigError, RuleError, UnreadableError, UsageError
from trustaudit.language.kinds import guess_audience, guess_kind
from trustaudit.language.norms import Norm
from trustaudit.language.parties import find_sides
from trustaudit.language.reading import Reading
from trustaudit.resources import data_sha256
from trustaudit.ruleset.choice import chosen, weighed
from trustaudit.ruleset.compilers import compiler_of
from trustaudit.ruleset.rule import Ruleset

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller knows about a document, and which rules are wanted; empty or ``auto``: find out."""

    company: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    kind: str = "auto"
    audience: str = "auto"
    rules: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str, str], ...] = ()  # rule, severity, reason


def scan(
    source: str | Path | bytes,
    *,
    company: Sequence[str] = (),
    customer: Sequence[str] = (),
    kind: str = "auto",
    audience: str = "auto",
    rules: Sequence[str | Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Sequence[tuple[str, str, str]] = (),
    name: str = "",
) -> Audit:
    """Audit one document: a path, or its bytes with the ``name`` that tells text kinds apart.

    ``kind`` is contract, term-sheet, message or auto; ``audience`` consumer, business or auto. ``select``
    and ``ignore`` take rule ids or prefixes such as ``one-sided/``; ``severity`` holds rule, severity and the
    reason why you see it so. Raises ``UnreadableError`` where nothing can be read, ``RuleError`` where a rule
    file is wrong, ``UsageError`` where an argument is.
    """
    wanted = asked(company, customer, kind, audience, rules, select, ignore, severity)
    data, called = (source, name) if isinstance(source, bytes) else _read(Path(source), name)
    return _audit(parsing.parse(data, called), wanted)


def scan_text(
    text: str,
    *,
    company: Sequence[str] = (),
    customer: Sequence[str] = (),
    kind: str = "auto",
    audience: str = "auto",
    rules: Sequence[str | Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    name: str = "",
) -> Audit:
    """Audit a plain text; all positions are offsets into it. The arguments are those of ``scan``.

    With a ``name`` the text is read as what the name and its content say, such as HTML; so is a message
    that begins with a tag. Positions are then offsets into ``Audit.document.text``.
    """
    wanted = asked(company, customer, kind, audience, rules, select, ignore)
    data = text.encode("utf-8", "replace")
    known = name or (wanted.kind == Kind.MESSAGE and text.lstrip().startswith("<"))
    return _audit(parsing.parse(data, name, media_type=None if known else "text/plain"), wanted)


def norms(text: str, *, company: Sequence[str] = (), customer: Sequence[str] = ()) -> tuple[Norm, ...]:
    """Who must, may, may not or need not do what in a plain text, be it one sentence or a whole contract.

    ``company`` and ``customer`` name the sides; what is not given is found in the text. Positions are
    offsets into the text.
    """
    document = parsing.parse(text.encode("utf-8", "replace"), "", media_type="text/plain")
    sides = find_sides(document.text, None, _names(company), _names(customer))
    return Reading(document, Kind.CONTRACT, Audience.BUSINESS, sides, {}).norms


def attempt(path: Path, asked: Asked, rules: Ruleset | None = None) -> Audit | Unreadable:
    """Audit a file; a reason instead where it cannot be read, even where the fault is ours.

    A run over many files gives the ``rules`` that ``rules_of`` loaded at its beginning, and all files are
    held against the same ones.
    """

    def read_and_audit() -> Audit:
        data, name = _read(path, "")
        return _audit(parsing.parse(data, name), asked, rules)

    return guarded(path, read_and_audit)


def guarded(path: Path, work: Callable[[], Result]) -> Result | Unreadable:
    """What ``work`` gives for a file, or why nothing: in the same words however a file is audited."""
    try:
        return work()
    except UnreadableError as error:
        return Unreadable(str(path), str(error))
    except (ConfigError, RuleError, UsageError):
        raise
    except Exception as error:  # noqa: BLE001 - one file's fault must not cost the others
        return Unreadable(
            str(path), f"an error in trustaudit, please report it: {type(error).__name__}: {error}"
        )


def audit_document(document: Document, asked: Asked, rules: Ruleset | None = None) -> Audit:
    """Audit what was parsed before, by the ``rules`` that ``rules_of`` gave. Raises as ``scan`` does."""
    return _audit(document, asked, rules)


def check_rules(asked: Asked) -> None:
    """Raise what is wrong with the rules that were asked for."""
    _ruleset(asked)


def rules_of(asked: Asked) -> Ruleset:
    """The rules that were asked for. Raises ``RuleError`` where one is wrong."""
    return _ruleset(asked)


def rules_digest(asked: Asked) -> str:
    """The hash of all rules and weights that were asked for, as it stands in every audit."""
    return _digest(_ruleset(asked))


def asked(
    company: Sequence[str], customer: Sequence[str], kind: str, audience: str,
    rules: Sequence[str | Path], select: Sequence[str], ignore: Sequence[str],
    severity: Sequence[tuple[str, str, str]] = (),
) -> Asked:  # fmt: skip
    """The arguments of a scan, checked; raises ``UsageError``."""
    if kind not in ("auto", *Kind):
        raise UsageError(f"kind {kind!r} is none of auto, {', '.join(Kind)}")
    if audience not in ("auto", *Audience):
        raise UsageError(f"audience {audience!r} is none of auto, {', '.join(Audience)}")
    company, customer = _names(company), _names(customer)
    paths = tuple(map(Path, rules))
    return Asked(company, customer, kind, audience, paths, tuple(select), tuple(ignore), tuple(severity))


def _names(names: Sequence[str]) -> tuple[str, ...]:
    """One name may be given by itself."""
    return (names,) if isinstance(names, str) else tuple(names)


def _read(path: Path, name: str) -> tuple[bytes, str]:
    try:
        return path.read_bytes(), name or str(path)
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from error


def _ruleset(asked: Asked) -> Ruleset:
    every = weighed(ruleset.load_rules(asked.rules), asked.severity)
    return chosen(every, asked.select, asked.ignore)


def _digest(rules: Ruleset) -> str:
    """The hash of everything that decides a result beside the document: rules, vocabulary, weights."""
    return hashlib.sha256(f"{rules.sha256}\n{data_sha256()}".encode()).hexdigest()


def understand(document: Document, asked: Asked, rules: Ruleset) -> tuple[Reading, tuple[str, ...]]:
    """The reading of a document, and what had to be guessed for it."""
    compiler = compiler_of(rules.vocabulary)
    guesses: list[str] = []
    kind, audience = asked.kind, asked.audience
    if kind == "auto":
        kind, why = guess_kind(document, compiler)
        guesses.append(f"kind: {kind}, because {why}")
    if audience == "auto":
        audience, why = guess_audience(document, compiler)
        guesses.append(f"audience: {audience}, because {why}")
    sides = find_sides(document.text, Kind(kind), asked.company, asked.customer)
    reading = Reading(document, Kind(kind), Audience(audience), sides, rules.vocabulary)
    return reading, (*guesses, *(f"parties: {line}" for line in sides.evidence))


def _money_first(message: MessageFacts | None) -> Measure:
    """The money-first index as a measure, with the passages that it rests on."""
    if message is None:
        return Measure(None, "only messages have it")
    entries = sorted(message.money_first.entries, key=lambda entry: -entry.points)
    evidence = tuple(entry.span for entry in entries if entry.span is not None)
    return Measure(message.money_first.index, evidence=evidence)


def _audit(document: Document, asked: Asked, rules: Ruleset | None = None) -> Audit:
    from trustaudit import __version__

    rules = rules or _ruleset(asked)
    reading, guesses = understand(document, asked, rules)
    fine = metrics.fine_print(document)
    measures = metrics.measure(document, [sentence.span for sentence in reading.sentences], fine=fine)
    results = engine.engine(rules).run(reading, fine, measures)
    measures = {**measures, "money_first": _money_first(results.message)}
    norms = () if reading.kind is Kind.MESSAGE else reading.norms
    measures |= {"burial_index": metrics.burial_index(document, fine, results.findings, norms)}
    words = int(measures["words"].value or 0)
    score, account = scoring.weigh(results.findings, document, words, reading.kind)
    message = results.message and scoring.with_accounts(results.message, results.findings, document)
    return Audit(
        document=document,
        kind=reading.kind,
        audience=reading.audience,
        parties=reading.parties,
        findings=results.findings,
        outcomes=results.outcomes,
        measures=measures,
        scored=score,
        account=account,
        balance=scoring.balance(reading, results.pairs),
        message=message,
        tool=Tool("trustaudit", __version__, _digest(rules)),
        guesses=guesses,
        fine_print=tuple(piece.span for piece in fine.spans),
        rule_titles={rule.id: rule.title for rule in rules.rules},
    )
