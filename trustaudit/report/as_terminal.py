"""Audits for a terminal: the grade, what to change first, the findings, and what was not read."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trustaudit.audit import Audit, Tool, Unreadable
from trustaudit.report import view, words
from trustaudit.report.escaping import one_line, shortened
from trustaudit.report.finding_view import FindingView, TopView
from trustaudit.report.terminals import drawn
from trustaudit.report.view import AuditView, ReportView

_STYLES = {
    "critical": "bold white on red",
    "major": "bold red",
    "minor": "yellow",
    "info": "",
    "note": "dim",
    "deposit": "green",
}
_GRADES = {"A": "bold green", "B": "bold green", "C": "bold yellow"}
_BARS = "▁▂▃▄▅▆▇█"


def render(audits: Sequence[Audit], unreadable: Sequence[Unreadable], *, width: int, color: bool) -> str:
    """The report in so many columns; without ``color`` it is plain text."""
    shown = view.report(audits, unreadable, Tool("", "", ""))

    def draw(console: Console) -> None:
        for each in shown.audits:
            _document(console, each)
        _unreadable(console, shown)
        if len(shown.audits) != 1 or shown.unreadable:
            console.print(_total(shown))

    return drawn(draw, width=width, color=color)


def _document(console: Console, shown: AuditView) -> None:
    console.print(Text(shown.path or shown.name, "bold"))
    console.print(Text(" · ".join(map(one_line, shown.facts)), "dim"))
    console.print()
    console.print(_grade(shown))
    if shown.message:
        console.print(Text(one_line(f"{shown.message.verdict} ({shown.message.index} of 100).")))
    if shown.balance.glance:
        console.print(Text(shown.balance.glance))
    console.print(_account(shown))
    console.print()
    if shown.top:
        console.print(Text("Change first", "bold"))
        for number, each in enumerate(shown.top, 1):
            _top(console, number, each)
        console.print()
    if shown.findings:
        console.print(Text("Findings", "bold"))
        console.print(_table(shown.findings))
        console.print()
    if shown.deposits:
        console.print(Text("What is good", "bold"))
        console.print(_table(shown.deposits))
        console.print()
    _closing(console, shown)
    console.print()


def _grade(shown: AuditView) -> Text:
    style = _GRADES.get(shown.grade, "bold red" if shown.audit.grade else "bold")
    line = Text(f"Grade {shown.grade}" if shown.audit.grade else "No grade", style)
    if shown.audit.score is not None:
        line.append(f"  {shown.score} of 100", "bold")
    line.append(f"  {one_line(shown.reason)}", "default")
    if shown.cap:
        line.append(f" ({one_line(shown.cap)})", "dim")
    return line


def _account(shown: AuditView) -> Text:
    line = Text("Trust account ")
    spark = sparkline([entry.balance for entry in shown.audit.account.entries])
    if not spark:
        return line.append("empty")
    line.append(shown.account.balance, "green" if shown.audit.account.balance >= 0 else "red")
    return line.append(f"  {spark}  {shown.account.sentence}")


def sparkline(values: Sequence[float], longest: int = 24) -> str:
    """Heights as block characters, the lowest value the lowest; sampled down to so many."""
    if not values:
        return ""
    step = max(len(values) / longest, 1.0)
    picked = [
        values[min(int((index + 1) * step) - 1, len(values) - 1)] for index in range(int(len(values) / step))
    ]
    low, high = min(picked), max(picked)
    return "".join(_BARS[int((value - low) / ((high - low) or 1.0) * (len(_BARS) - 1))] for value in picked)


def _top(console: Console, number: int, each: TopView) -> None:
    line = Text(f"{number}. ", "bold").append(one_line(each.view.finding.title), "bold")
    under = f", {each.view.under}" if each.view.under else ""
    check = ", please check" if each.view.check else ""
    line.append(f"  {each.view.severity.lower()}, {each.view.place}{under}{check}", "dim")
    console.print(line)
    if each.quote:
        before, text, after = (each.quote.before, each.quote.text, each.quote.after)
        said = one_line(f"“{before}{text}{after}”")
        console.print(Padding(Text(said, "italic"), (0, 0, 0, 3)))
    more = f" And {len(each.more)} more like it." if each.more else ""
    if each.why or more:
        console.print(Padding(Text(f"{each.why}{more}".strip()), (0, 0, 0, 3)))


def _table(findings: Sequence[FindingView]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False, expand=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(max_width=16)
    table.add_column(ratio=1)
    for each in findings:
        what = Text(one_line(each.finding.title))
        what.append(" (please check)" if each.check else "", "dim")
        what.append(f" (and {len(each.also)} more in this clause)" if each.also else "", "dim")
        what.append(" (in fine print)" if each.finding.in_fine_print else "", "dim")
        what.append(f"  {one_line(each.finding.rule)}", "dim")
        if each.quote:
            what.append(f"\n“{shortened(each.finding.quote, 120)}”", "dim")
        table.add_row(str(each.number), Text(each.severity, _STYLES[each.style]), Text(each.place), what)
    return table


def _closing(console: Console, shown: AuditView) -> None:
    console.print(Text(f"{shown.summary}; fine print {shown.fine_print}."))
    groups = {group.name: len(group.rows) for group in shown.outcomes}
    if groups:
        counted = ", ".join(f"{amount} {name.lower()}" for name, amount in groups.items())
        console.print(Text(f"{words.count(sum(groups.values()), 'rule')}: {counted}.", "dim"))
    for hidden in shown.suppressed:
        until = f" (until {hidden.until})" if hidden.until else ""
        console.print(Text(one_line(f"Suppressed: {hidden.rule}: {hidden.reason}{until}"), "dim"))
    for guess in shown.audit.guesses:
        console.print(Text(f"Guessed: {one_line(guess)}", "dim"))
    for each in shown.unread:
        said = "From a picture" if each.recognized else "Not read"
        console.print(Text(f"{said}: {one_line(each.where)}: {one_line(each.reason)}", "bold"))


def _unreadable(console: Console, shown: ReportView) -> None:
    for each in shown.unreadable:
        console.print(Text(f"Could not be read: {one_line(each.path)}: {one_line(each.reason)}", "bold red"))


def _total(shown: ReportView) -> Text:
    found = sum(len(each.findings) for each in shown.audits)
    hidden = sum(len(each.suppressed) for each in shown.audits)
    parts = [words.count(len(shown.audits), "document"), words.count(found, "finding")]
    parts += [f"{hidden} suppressed"] if hidden else []
    parts += [f"{len(shown.unreadable)} unreadable"] if shown.unreadable else []
    return Text(", ".join(parts) + ".", "bold")
