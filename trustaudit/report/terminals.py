"""What a terminal shows, as text: every report for one is drawn here."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

from rich.console import Console

_NARROWEST = 40


def drawn(draw: Callable[[Console], None], *, width: int, color: bool) -> str:
    """What ``draw`` prints, in so many columns, without blanks at the ends of lines; plain without ``color``.

    Nothing of the machine's own terminal or environment shows in it.
    """
    out = StringIO()
    console = Console(
        file=out,
        width=max(width, _NARROWEST),
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    draw(console)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().split("\n")[:-1])
