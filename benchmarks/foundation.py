"""The foundation's figures, as ratios measured in one run: ``python -m benchmarks.foundation [--check]``.

Start-up against the libraries it cannot do without, speed against what a user would write with pdfplumber,
the cost of rules, and memory. Times are of the processor, the least of several runs, taken in turns, so that
a busy machine disturbs both sides alike. With ``--check`` the exit status is 1 where a figure is missed.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("TRUSTAUDIT_DATA", ROOT.parent / "shared" / "data"))
SHORT = ROOT / "examples" / "reminders" / "appointment-reminder.txt"
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Figure:
    """One line of the table; ``value`` is None where it could not be measured, and ``note`` says why."""

    name: str
    value: float | None
    limit: float
    unit: str = "x"
    note: str = ""

    @property
    def met(self) -> bool:
        return self.value is None or self.value < self.limit

    def __str__(self) -> str:
        value = "     –" if self.value is None else f"{self.value:6.2f}"
        verdict = "not measured" if self.value is None else "ok" if self.met else "MISSED"
        measured = f"{value} {self.unit:<3} under {self.limit:6.2f}"
        return f"{self.name:<62} {measured}   {verdict:<12} {self.note}".rstrip()


def ratio(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """The least time of the one over that of the other, and both in seconds."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for call, taken in zip((one, other), times, strict=True):
            start = processor_seconds()
            call()
            taken.append(processor_seconds() - start)
    return min(times[0]) / min(times[1]), min(times[0]), min(times[1])


def processor_seconds() -> float:
    """What this process and its ended children have used, in user and system time."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def process(*arguments: str) -> Callable[[], object]:
    """A call that runs Python with these arguments, away from the checkout and without output."""

    def call() -> object:
        return subprocess.run(
            [sys.executable, *arguments], cwd=tempfile.gettempdir(), env=ENVIRONMENT, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    call()  # compiles what is not compiled yet
    return call


def entry(*arguments: str) -> Callable[[], object]:
    """A call of the installed command."""
    return process("-c", "import sys; from trustaudit.cli import main; sys.exit(main())", *arguments)


def help_against_click() -> Figure:
    value, ours, theirs = ratio(entry("--help"), process("-c", "import click"), 15)
    note = f"{ours * 1000:.0f} ms against {theirs * 1000:.0f} ms"
    return Figure("trustaudit --help against importing click", value, 3, note=note)


def cold_scan_against_spacy() -> Figure:
    value, ours, theirs = ratio(entry("scan", str(SHORT)), process("-c", "import spacy"), 7)
    note = f"{ours * 1000:.0f} ms against {theirs * 1000:.0f} ms"
    return Figure("scan of one short text, cold, against importing spaCy", value, 1.5, note=note)


def audits_against_pdfplumber() -> Figure:
    name = "audit of 60 contracts (PDF) against pdfplumber's extract_text"
    files = sorted((DATA / "cuad" / "pdf").glob("*.pdf"))
    if not files:
        return Figure(name, None, 1, note="shared data not present: set TRUSTAUDIT_DATA")
    import pdfplumber

    import trustaudit

    def audit() -> None:
        for path in files:
            trustaudit.scan(path)

    def extract() -> None:
        for path in files:
            with pdfplumber.open(path) as document:
                for page in document.pages:
                    page.extract_text()
                    page.close()

    value, ours, theirs = ratio(audit, extract, 1)
    return Figure(name, value, 1 / 8, note=f"{ours:.1f} s against {theirs:.1f} s, {len(files)} files")


def twice_the_rules() -> Figure:
    """The pack with a copy of every rule, as a team has that takes rules over to weigh them otherwise."""
    return _twice("scan with every rule twice against once", lambda body: body)


def twice_the_questions() -> Figure:
    """The same with an exception of its own in every copy, so that no answer serves two rules."""

    def changed(body: str) -> str:
        unless = "unless: [" if "\nunless: [" in body else "unless:\n" if "\nunless:\n" in body else ""
        if unless == "unless: [":
            return body.replace("\nunless: [", "\nunless: [a word that no paper has, ", 1)
        if unless:
            return body.replace("\nunless:\n", "\nunless:\n  - a word that no paper has\n", 1)
        return f"{body.rstrip()}\nunless: [a word that no paper has]\n"

    return _twice("the same, each copy with another exception", changed)


def _twice(name: str, changed: Callable[[str], str]) -> Figure:
    import trustaudit
    from trustaudit.parsing import parse
    from trustaudit.resources import rules_dir
    from trustaudit.ruleset import load_rules

    files = sorted((DATA / "documents").rglob("*.md"))[:20] or sorted((ROOT / "examples").rglob("*.*"))
    texts = [
        path.read_text(encoding="utf-8", errors="replace") for path in files if path.suffix in {".md", ".txt"}
    ]
    texts += [
        parse(path.read_bytes(), path.name).text for path in sorted((DATA / "cuad" / "pdf").glob("*.pdf"))[:8]
    ]
    with tempfile.TemporaryDirectory() as folder:
        for rule in load_rules().rules:
            twin = Path(folder) / "twin" / f"{rule.id}.yaml"
            twin.parent.mkdir(parents=True, exist_ok=True)
            body = (rules_dir() / f"{rule.id}.yaml").read_text(encoding="utf-8")
            twin.write_text(changed(body), encoding="utf-8")

        def scan(rules: list[str]) -> None:
            for text in texts:
                trustaudit.scan_text(text, rules=rules, kind="contract", audience="business")

        time.sleep(2.1)  # files that have just changed are read at every scan, to be sure of them
        scan([folder])
        scan([])
        value, ours, theirs = ratio(lambda: scan([folder]), lambda: scan([]), 5)
    note = f"{ours:.2f} s against {theirs:.2f} s, {len(texts)} documents, {len(load_rules().rules)} rules"
    return Figure(name, value, 1.15, note=note)


def memory_of_a_long_pdf(pages: int = 500) -> Figure:
    from reportlab.pdfgen.canvas import Canvas

    source = (ROOT / "examples" / "source" / "services-agreement.txt").read_text(encoding="utf-8")
    lines = [line[at : at + 95] for line in source.splitlines() if line for at in range(0, len(line), 95)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        canvas = Canvas(str(path), invariant=1)
        for page in range(pages):
            canvas.setFont("Times-Roman", 10)
            for row in range(55):
                canvas.drawString(60, 790 - 13 * row, lines[(page * 55 + row) % len(lines)])
            canvas.showPage()
        canvas.save()
        status, megabytes = _peak("scan", str(path), "--output", f"{folder}/report.json")
    note = "peak of the process" if status in {0, 1} else f"ended with status {status}"
    return Figure(f"memory for a PDF of {pages} pages", megabytes, 600, "MB", note)


def _peak(*arguments: str) -> tuple[int, float]:
    """Exit status and peak resident memory in megabytes (10^6 bytes) of one run of the command."""
    command = [sys.executable, "-m", "trustaudit", *arguments]
    child = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kibibytes
    return child.returncode, usage.ru_maxrss * unit / 1e6


FIGURES = (
    help_against_click,
    cold_scan_against_spacy,
    audits_against_pdfplumber,
    twice_the_rules,
    twice_the_questions,
    memory_of_a_long_pdf,
)


def measured(names: list[str]) -> Iterator[Figure]:
    for figure in FIGURES:
        if not names or any(name in figure.__name__ for name in names):
            yield figure()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="only the figures with these words in their names")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a figure is missed")
    arguments = parser.parse_args()
    met = True
    for figure in measured(arguments.names):
        print(figure, flush=True)
        met = met and figure.met
    return 0 if met or not arguments.check else 1


if __name__ == "__main__":
    sys.exit(main())
