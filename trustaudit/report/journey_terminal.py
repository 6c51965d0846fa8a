"""A journey for a terminal: the grade, the stages, what would help most, the conflicts, and the holes."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trustaudit.journey_audit import JourneyAudit
from trustaudit.report import journey_view, words
from trustaudit.report.as_terminal import sparkline
from trustaudit.report.escaping import one_line
from trustaudit.report.journey_values import JourneyView, PassageView
from trustaudit.report.terminals import drawn

_GRADES = {"A": "bold green", "B": "bold green", "C": "bold yellow"}
_SEVERITIES = {"critical": "bold white on red", "major": "bold red", "minor": "yellow"}
_BAR = 10  # columns of a stage's balance, to each side of its middle


def render(journey: JourneyAudit, *, width: int, color: bool) -> str:
    """The report in so many columns; without ``color`` it is plain text."""
    shown = journey_view.view(journey)

    def draw(console: Console) -> None:
        _head(console, shown)
        _stages(console, shown)
        _observations(console, shown)
        _moves(console, shown)
        _conflicts(console, shown)
        _returns(console, shown)
        _waiting(console, shown)
        _documents(console, shown)
        _closing(console, shown)

    return drawn(draw, width=width, color=color)


def _head(console: Console, shown: JourneyView) -> None:
    journey = shown.journey
    console.print(Text(one_line(journey.name), "bold"))
    console.print(Text(one_line(" · ".join(shown.facts)), "dim"))
    console.print()
    style = _GRADES.get(shown.grade, "bold red" if journey.grade else "bold")
    line = Text(f"Grade {shown.grade}" if journey.grade else "No grade", style)
    if journey.score is not None:
        line.append(f"  {shown.score} of 100", "bold")
    line.append(f"  {one_line(shown.reason)}", "default")
    if journey.scored.cap:
        line.append(f" ({one_line(journey.scored.cap)})", "dim")
    console.print(line)
    account = Text("Trust account ")
    spark = sparkline([entry.balance for entry in journey.statement])
    if spark:
        account.append(shown.balance, "green" if journey.balance >= 0 else "red")
        account.append(f"  {spark}  {shown.flows}")
    else:
        account.append("empty")
    console.print(account)
    for hole in journey.holes:
        console.print(
            Text(f"Hole in the account: {one_line(hole.path)}: {one_line(hole.reason)}", "bold red")
        )
    console.print()


def _stages(console: Console, shown: JourneyView) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name, right in (
        ("", True), ("Stage", False), ("Grade", False), ("Score", True), ("Account", False), ("Given", True),
        ("Taken", True), ("So far", True), ("", False),
    ):  # fmt: skip
        table.add_column(name, justify="right" if right else "left")
    for each in shown.stages:
        notes = [*(["worst stage"] if each.worst else []), *each.notes]
        table.add_row(
            str(each.number), one_line(each.stage.title),
            Text(each.grade, _GRADES.get(each.grade, "bold red")), each.score,
            _bar(each.stage.balance) if each.stage.documents else Text(each.documents, "dim"),
            each.given, each.taken, each.closing,
            Text(one_line(", ".join(notes)), "red" if each.worst else "dim"),
        )  # fmt: skip
    console.print(table)
    console.print()


def _bar(balance: float) -> Text:
    """The balance to the left or right of a middle."""
    size = min(round(abs(balance) / 100 * _BAR), _BAR)
    if balance < 0:
        return Text(" " * (_BAR - size)).append("█" * size, "red").append("│" + " " * _BAR)
    return Text(" " * _BAR + "│").append("█" * size, "green").append(" " * (_BAR - size))


def _observations(console: Console, shown: JourneyView) -> None:
    for each in shown.observations:
        mark = Text("+ ", "green") if each.good else Text("- ", "red")
        console.print(mark.append(one_line(each.message), "default"))
    if shown.observations:
        console.print()


def _moves(console: Console, shown: JourneyView) -> None:
    if not shown.moves:
        return
    console.print(Text("What would help most", "bold"))
    for number, move in enumerate(shown.moves, 1):
        line = Text(f"{number}. ", "bold").append(one_line(move.title), "bold")
        line.append(f"  {move.gain}", "green")
        line.append(f"  score {move.change}, {one_line(move.stage)}, {one_line(move.what)}", "dim")
        console.print(line)
        for passage in move.passages[: 2 if move.conflict else 1]:
            _said(console, passage)
        if move.advice:
            console.print(Padding(Text(one_line(move.advice)), (0, 0, 0, 3)))
    if shown.together and len(shown.moves) > 1:
        console.print(Text(f"With all {len(shown.moves)} made the score is {shown.together}.", "dim"))
    console.print()


def _said(console: Console, passage: PassageView) -> None:
    said = Text(f"“{passage.quote}”", "italic").append(f"  {one_line(passage.at)}", "dim")
    console.print(Padding(said, (0, 0, 0, 3)))


def _conflicts(console: Console, shown: JourneyView) -> None:
    if not shown.conflicts:
        console.print(Text("No two documents were found to contradict each other."))
        console.print()
        return
    console.print(Text("What the documents say differently", "bold"))
    for each in shown.conflicts:
        line = Text(f"{each.number}. ", "bold").append(one_line(each.conflict.title), "bold")
        line.append("  ").append(each.severity, _SEVERITIES.get(each.style, ""))
        console.print(line.append(f"  {each.kind}", "dim"))
        console.print(Padding(Text(one_line(each.conflict.message)), (0, 0, 0, 3)))
        _said(console, each.first)
        _said(console, each.second)
        for said in (each.conflict.cost, each.conflict.binds):
            if said:
                console.print(Padding(Text(one_line(said), "dim"), (0, 0, 0, 3)))
    console.print()


def _returns(console: Console, shown: JourneyView) -> None:
    if not shown.returns:
        return
    console.print(Text("Asked in one document, given back in another", "bold"))
    for each in shown.returns:
        said = one_line(each.message or f"{each.pair}: {each.when}")
        console.print(Text(said, "default" if each.returned else "red"))
        _said(console, each.asked)
        if each.returned:
            _said(console, each.returned)
    console.print()


def _waiting(console: Console, shown: JourneyView) -> None:
    if not shown.waiting:
        return
    console.print(Text("Where the customer waits", "bold"))
    for each in shown.waiting:
        said = ", ".join(f"{question}: {word}" for question, word, _, _ in each.answers)
        console.print(Text(one_line(f"{each.stage}: {each.score} ({said})")))
    console.print()


def _documents(console: Console, shown: JourneyView) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("Document", "Stage", "Kind", "Grade"):
        table.add_column(name, overflow="fold")
    for name in ("Score", "Critical", "Major", "Account"):
        table.add_column(name, justify="right")
    for row in shown.documents:
        table.add_row(
            row.path, one_line(row.stage), row.kind, row.grade, row.score, str(row.counts[0]),
            str(row.counts[1]), row.balance,
        )  # fmt: skip
    console.print(table)
    console.print()


def _closing(console: Console, shown: JourneyView) -> None:
    journey = shown.journey
    for guess in journey.guesses:
        console.print(Text(f"Guessed: {one_line(guess)}", "dim"))
    for document in journey.documents:
        for unread in document.audit.document.unread:
            said = f"Not read in {document.path}: {unread.where}: {unread.reason}"
            console.print(Text(one_line(said), "bold"))
    found = sum(row.counts[0] + row.counts[1] + row.counts[2] for row in shown.documents)
    parts = [words.count(len(shown.documents), "document"), words.count(found, "finding")]
    parts += [words.count(len(shown.conflicts), "conflict")]
    parts += [words.count(len(journey.holes), "hole")] if journey.holes else []
    console.print(Text(", ".join(parts) + ".", "bold"))
