"""A comparison for a terminal: up or down, the numbers, norms, findings, clauses, and what was left out."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from trustaudit.comparison import Comparison, Turn
from trustaudit.report import diff_view, words
from trustaudit.report.diff_rows import AloneView, ClauseRow, ComparisonView, DocumentView, NormRow
from trustaudit.report.escaping import one_line, shortened
from trustaudit.report.terminals import drawn

_STYLES = {Turn.WORSE: "bold red", Turn.BETTER: "bold green", Turn.EVEN: "", Turn.UNCLEAR: "bold yellow"}
_FINDINGS = {"critical": "bold white on red", "major": "bold red", "minor": "yellow", "deposit": "green"}
_NORMS = 40  # a terminal is no place for more
_CLAUSES = 12  # new and gone clauses that are shown with their words
_ALL = "--format html shows them all"


def render(comparison: Comparison, *, width: int = 100, color: bool = False) -> str:
    """The comparison in so many columns; without ``color`` it is plain text."""
    shown = diff_view.view(comparison)

    def draw(console: Console) -> None:
        _head(console, shown)
        for document in shown.documents:
            if document.differs or shown.single:
                _document(console, document, many=not shown.single)
        for title, each in (*(("New", a) for a in shown.added), *(("Gone", r) for r in shown.removed)):
            _alone(console, title, each)
        _closing(console, shown)

    return drawn(draw, width=width, color=color)


def _head(console: Console, shown: ComparisonView) -> None:
    console.print(Text(f"{one_line(shown.comparison.old)} → {one_line(shown.comparison.new)}", "bold"))
    console.print(
        Text(f"{shown.sign} {shown.headline}", _STYLES[shown.turn]).append(f"  {shown.summary}", "default")
    )
    console.print()


def _document(console: Console, document: DocumentView, *, many: bool) -> None:
    if many:
        console.print(Text(document.name, "bold"))
    if document.renamed:
        console.print(Text(f"was {document.renamed}", "dim"))
    for note in document.notes:
        console.print(Text(f"Note: {one_line(note)}", "yellow"))
    console.print(
        Text(f"Grade {document.old_grade} → {document.new_grade}" + (f". {document.summary}" if many else ""))
    )
    console.print(_metrics(document))
    console.print()
    if document.norms:
        console.print(Text("What differs in norms", "bold"))
        for row in document.norms[:_NORMS]:
            console.print(_norm(row))
        if len(document.norms) > _NORMS:
            console.print(Text(f"… and {len(document.norms) - _NORMS} more: {_ALL}", "dim"))
        console.print()
    if document.findings:
        console.print(Text("Findings", "bold"))
        console.print(_findings(document))
        console.print()
    _clauses(console, document)


def _metrics(document: DocumentView) -> Table:
    table = _plain_table()
    for row in document.metrics:
        if not row.difference and row.old == row.new and row.name not in ("Score", "Fine print"):
            continue
        table.add_row(
            Text(row.name), Text(row.old), Text("→"), Text(row.new), Text(row.difference),
            Text(row.word, _STYLES[row.turn]),
        )  # fmt: skip
    return table


def _plain_table() -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for justify in ("left", "right", "left", "right", "right", "left"):
        table.add_column(justify=justify, no_wrap=True)
    return table


def _norm(row: NormRow) -> Text:
    line = Text(f"{row.sign} {row.word}", _STYLES[row.turn])
    line.append(f"  {row.said}", "default")
    line.append(" (please check)" if row.check else "", "dim")
    return line.append(f"  {row.place}" if row.place else "", "dim")


def _findings(document: DocumentView) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False, expand=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(max_width=16)
    table.add_column(ratio=1)
    for row in document.findings:
        what = Text(one_line(row.title)).append(f"  {row.rule}", "dim")
        if row.why:
            what.append(f"\n{row.why}")
        if row.quote:
            what.append(f"\n“{shortened(row.quote, 120)}”", "dim")
        style = "bold red" if row.bad else "bold green" if row.good else ""
        table.add_row(
            Text(row.turn, style), Text(row.severity, _FINDINGS.get(row.style, "")), Text(row.place), what
        )
    return table


def _clauses(console: Console, document: DocumentView) -> None:
    alone = [row for row in document.clauses if row.change in ("new", "gone")]
    if not alone:
        return
    console.print(Text("Clauses new and gone", "bold"))
    for row in alone[:_CLAUSES]:
        console.print(_clause(row))
    if len(alone) > _CLAUSES:
        console.print(Text(f"… and {len(alone) - _CLAUSES} more: {_ALL}", "dim"))
    console.print()


def _clause(row: ClauseRow) -> Text:
    sign, pieces = ("+", row.new) if row.change == "new" else ("−", row.old)
    line = Text(f"{sign} {row.change}  ", "green" if sign == "+" else "red")
    line.append(shortened("".join(piece.text for piece in pieces), 220), "default")
    place = row.new_place or row.old_place
    return line.append(f"  {place}" if place else "", "dim")


def _alone(console: Console, title: str, each: AloneView) -> None:
    line = Text(f"{title}: {each.name}", "bold")
    line.append(
        f"  grade {each.grade}, score {each.score}; {words.count(len(each.findings), 'finding')}", "default"
    )
    console.print(line)
    for row in each.findings[:3]:
        console.print(Text(f"  {row.severity}: {row.title}  {row.rule}", "dim"))


def _closing(console: Console, shown: ComparisonView) -> None:
    if not shown.single and (same := [each for each in shown.documents if not each.differs]):
        console.print(Text(f"{words.count(len(same), 'document')} without a difference in meaning.", "dim"))
    for row in shown.account:
        console.print(Text(f"The whole journey: {row.name}: {row.old} → {row.new} {row.word}"))
    for note in shown.comparison.notes:
        console.print(Text(f"Note: {one_line(note)}", "yellow"))
    for said in shown.comparison.unread:
        console.print(Text(f"Not read: {one_line(said)}", "bold"))
    for each in shown.comparison.unreadable:
        console.print(Text(f"Could not be read: {one_line(each.path)}: {one_line(each.reason)}", "bold red"))
    if shown.worse:
        console.print(Text("Worse than before:", "bold red"))
        for said in shown.worse:
            console.print(Text(f"  {one_line(said)}"))
