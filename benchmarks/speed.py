"""How fast, beside what one would use instead: ``python -m benchmarks.speed [parts] [--tools FOLDER …]``.

All figures are ratios within one run, of processor time (user and system, ended children included), taken in
turns. Parts: ``pdf``, ``text``, ``growth``, ``kinds``, ``rooms``. Tools that are not installed are said so;
``--tools`` names folders in which their commands are, as they need not stand in this environment.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.foundation import DATA, ENVIRONMENT, processor_seconds

Call = Callable[[], object]


@dataclass(frozen=True)
class Line:
    """One line of a table; ``seconds`` is None where the tool is not here."""

    name: str
    seconds: float | None
    ratio: float | None = None
    note: str = ""

    def __str__(self) -> str:
        seconds = "not here" if self.seconds is None else f"{self.seconds:.2f}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return f"| {self.name} | {seconds} | {ratio} | {self.note} |"


def spent(call: Call) -> float:
    before = processor_seconds()
    call()
    return processor_seconds() - before


def table(title: str, reference: str, lines: Sequence[Line]) -> None:
    """Every line against the reference's seconds."""
    base = next((line.seconds for line in lines if line.name == reference), None)
    print(f"\n**{title}**\n\n| | s | of {reference} | |\n|---|---|---|---|")
    for line in lines:
        ratio = line.seconds / base if line.seconds is not None and base else None
        print(Line(line.name, line.seconds, ratio, line.note), flush=True)


# PDF: the whole audit against reading the words alone


def pdf(tools: Sequence[Path], count: int = 60) -> None:
    files = sorted((DATA / "cuad" / "pdf").glob("*.pdf"))[:count]
    readers: list[tuple[str, Call | None]] = [
        ("pdfplumber extract_text", lambda: [_plumber(file) for file in files]),
        ("trustaudit, whole audit", lambda: [_audit(file) for file in files]),
        ("trustaudit, reading alone", lambda: [_parse(file) for file in files]),
        ("pdfminer extract_text", lambda: [_miner(file) for file in files]),
        ("pypdf extract_text", lambda: [_pypdf(file) for file in files]),
        ("pdftotext", _command(tools, "pdftotext", files, each=True, after=("-",))),
        ("markitdown", _command(tools, "markitdown", files, each=True)),
    ]
    lines = [Line(name, None if call is None else spent(call)) for name, call in readers]
    table(f"{len(files)} contracts in PDF", "pdfplumber extract_text", lines)


def _audit(file: Path) -> object:
    import trustaudit

    return trustaudit.scan(file)


def _parse(file: Path) -> object:
    from trustaudit.parsing import parse

    return parse(file.read_bytes(), file.name)


def _plumber(file: Path) -> int:
    import pdfplumber

    with pdfplumber.open(file) as document:
        for page in document.pages:
            page.extract_text()
            page.close()
        return len(document.pages)


def _miner(file: Path) -> object:
    from pdfminer.high_level import extract_text

    return extract_text(file)


def _pypdf(file: Path) -> object:
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(file).pages]


def _command(
    tools: Sequence[Path], name: str, files: Sequence[Path], *, each: bool = False,
    before: Sequence[str] = (), after: Sequence[str] = (),
) -> Call | None:  # fmt: skip
    """A call of an installed command over all files, at once or one by one; None where it is not here."""
    found = shutil.which(name, path=os.pathsep.join([*map(str, tools), os.environ.get("PATH", "")]))
    if found is None:
        return None
    groups = [[file] for file in files] if each else [list(files)]

    def call() -> None:
        for group in groups:
            subprocess.run(
                [found, *before, *map(str, group), *after], check=False, env=ENVIRONMENT,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip

    return call


def _markdown() -> list[Path]:
    return sorted((DATA / "documents").rglob("*.md"))


# Text: one command over sixty terms, cold start included


def text(tools: Sequence[Path]) -> None:
    sized = {file: len(file.read_text(encoding="utf-8", errors="replace").split()) for file in _markdown()}
    files = [file for file, words in sized.items() if words > 700][:60]
    words = sum(sized[file] for file in files)
    ours = (sys.executable, "-m", "trustaudit", "scan", "--format", "json", "--jobs", "1", *map(str, files))

    def audit() -> None:
        subprocess.run(
            ours, check=False, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    audit()  # what is compiled once on a machine is compiled now
    linters: list[tuple[str, Call | None]] = [
        ("proselint check", _command(tools, "proselint", files, before=("check",))),
        ("trustaudit scan, all rules", audit),
        ("write-good", _command(tools, "write-good", files)),
        ("alex", _command(tools, "alex", files)),
        (
            "textlint",
            _command(tools, "textlint", files, before=("--rule", "write-good", "--rule", "terminology")),
        ),
    ]
    lines = [Line(name, None if call is None else spent(call)) for name, call in linters]
    table(f"{len(files)} terms in Markdown, {words:,} words, one command", "proselint check", lines)


# Growth: with the length of a document, with their number, with workers


def growth(_: Sequence[Path]) -> None:
    import trustaudit

    source = "\n\n".join(file.read_text(encoding="utf-8", errors="replace") for file in _markdown()[:150])
    trustaudit.scan_text(source[:20_000], kind="contract")
    lines, before = [], None
    for length in (20_000, 200_000, 2_000_000):
        piece = (source * (length // len(source) + 1))[:length]
        seconds = spent(lambda piece=piece: trustaudit.scan_text(piece, kind="contract"))  # type: ignore[misc]
        note = "" if before is None else f"{seconds / before:.1f} times the one before, at most 11"
        lines.append(Line(f"{length:,} characters", seconds, None, note))
        before = seconds
    table("ten times the text", "20,000 characters", lines)
    _numbers()
    _workers()


def _numbers() -> None:
    import trustaudit

    with tempfile.TemporaryDirectory() as folder:
        paths = list(_copies(Path(folder), 400))
        list(trustaudit.scan_many(paths[:20]))
        few = spent(lambda: list(trustaudit.scan_many(paths[:40])))
        many = spent(lambda: list(trustaudit.scan_many(paths)))
    lines = [Line("40 documents", few), Line("400 documents", many, None, "at most 10.5")]
    table("ten times the documents", "40 documents", lines)


def _workers() -> None:
    """By the clock on the wall, as that is what workers are for."""
    import trustaudit

    files = sorted((DATA / "cuad" / "pdf").glob("*.pdf"))[:24]
    taken = []
    for jobs in (1, 2):
        begun = time.perf_counter()
        list(trustaudit.scan_many(files, jobs=jobs, isolated=True))
        taken.append(time.perf_counter() - begun)
    note = f"{taken[0] / taken[1]:.2f} times as fast, wanted 1.8"
    lines = [Line("one worker", taken[0]), Line("two workers", taken[1], None, note)]
    table(f"workers, {len(files)} contracts, seconds on the wall", "one worker", lines)


def _copies(folder: Path, count: int) -> Iterator[Path]:
    """Different papers of about the same length."""
    texts = [f.read_text(encoding="utf-8", errors="replace") for f in _markdown()[:40]]
    for number in range(count):
        path = folder / f"{number:04}.md"
        path.write_text(f"Paper {number}.\n\n{texts[number % len(texts)]}", encoding="utf-8")
        yield path


# Kinds of rule: a scan with the rules of one kind alone, over a scan with one rule that finds nothing


def kinds(_: Sequence[Path]) -> None:
    import trustaudit
    from trustaudit.parsing import parse
    from trustaudit.ruleset import load_rules

    rules = load_rules().rules
    texts = [parse(f.read_bytes(), f.name).text for f in sorted((DATA / "cuad" / "pdf").glob("*.pdf"))[:10]]
    by_kind: dict[str, list[str]] = {}
    for rule in rules:
        by_kind.setdefault(type(rule.find[0]).__name__, []).append(rule.id)

    def scan(select: Sequence[str]) -> None:
        for each in texts:
            trustaudit.scan_text(each, select=select, kind="contract", audience="business")

    nothing = ["care/shouting"] if any(rule.id == "care/shouting" for rule in rules) else [rules[0].id]
    lines = []
    for name, select in [
        ("one rule", nothing),
        *sorted(by_kind.items()),
        ("all", [rule.id for rule in rules]),
    ]:
        scan(select)
        note = f"{len(select)} rules"
        lines.append(Line(name, min(spent(lambda s=select: scan(s)) for _ in range(3)), None, note))  # type: ignore[misc]
    table("10 contracts as text, by the first kind of the rules", "one rule", lines)


def rooms(_: Sequence[Path]) -> None:
    """Reports of one contract, each against the audit that it shows."""
    import trustaudit
    from trustaudit import report

    file = min((DATA / "cuad" / "pdf").glob("*.pdf"))
    audit = trustaudit.scan(file)
    lines = [Line("the audit", spent(lambda: trustaudit.scan(file)))]
    for name in ("html", "markdown", "json", "sarif"):
        call = getattr(report, name)
        call([audit])
        lines.append(Line(f"report, {name}", spent(lambda call=call: call([audit]))))  # type: ignore[misc]
    table("reports of one contract", "the audit", lines)


PARTS: dict[str, Callable[[Sequence[Path]], None]] = {
    "pdf": pdf, "text": text, "growth": growth, "kinds": kinds, "rooms": rooms,
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these")
    parser.add_argument("--tools", nargs="*", type=Path, default=[], help="folders with further commands")
    arguments = parser.parse_args()
    for name in arguments.parts or PARTS:
        PARTS[name](arguments.tools)
    return 0


if __name__ == "__main__":
    sys.exit(main())
