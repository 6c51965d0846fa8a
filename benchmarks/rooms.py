"""What each room of a scan costs: ``python -m benchmarks.rooms FILE_OR_FOLDER ...``, in processor time.

The rooms are timed where the pipeline calls them; what a room asks for first, it pays for.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trustaudit import engine, metrics, parsing, pipeline, scoring
from trustaudit.audit import Audit
from trustaudit.language import norms, reading

SPENT: dict[str, float] = defaultdict(float)
ROOMS: tuple[tuple[Any, str, str], ...] = (
    (parsing, "parse", "parse"),
    (pipeline, "_ruleset", "rules"),
    (pipeline, "guess_kind", "kind and audience"),
    (pipeline, "guess_audience", "kind and audience"),
    (pipeline, "find_sides", "sides"),
    (reading, "sentences", "sentences and clauses"),
    (reading, "see", "sentences and clauses"),
    (reading, "_clauses", "sentences and clauses"),
    (norms, "norms_in", "norms"),
    (metrics, "fine_print", "fine print"),
    (metrics, "measure", "other metrics"),
    (engine.Engine, "run", "engine"),
    (scoring, "weigh", "score"),
    (scoring, "balance", "balance"),
)
_OPEN: list[float] = []
"""What was spent inside each call that is under way: it is not the caller's own."""


def timed(call: Callable[..., Any], room: str) -> Callable[..., Any]:
    """The call, its own time added to its room's."""

    def inner(*arguments: Any, **named: Any) -> Any:
        start = time.process_time()
        _OPEN.append(0.0)
        try:
            return call(*arguments, **named)
        finally:
            taken = time.process_time() - start
            SPENT[room] += taken - _OPEN.pop()
            if _OPEN:
                _OPEN[-1] += taken

    return inner


def main() -> None:
    files = [
        file
        for name in sys.argv[1:]
        for file in (sorted(Path(name).rglob("*")) if Path(name).is_dir() else [Path(name)])
    ]
    files = [file for file in files if file.is_file()]
    asked = pipeline.asked((), (), "auto", "auto", [], [], [])
    pipeline.attempt(files[0], asked)
    for owner, name, room in ROOMS:
        setattr(owner, name, timed(getattr(owner, name), room))
    start = time.process_time()
    audits = [audit for file in files if isinstance(audit := pipeline.attempt(file, asked), Audit)]
    total = time.process_time() - start
    words = sum(audit.document.text.count(" ") for audit in audits)
    rate = len(files) / total
    print(f"{len(audits)} of {len(files)} files, {words:,} words: {total:.2f} s, {rate:.1f} files/s\n")
    print("| room | s | share |\n|---|---|---|")
    for room, spent in [
        *sorted(SPENT.items(), key=lambda item: -item[1]),
        ("the rest", total - sum(SPENT.values())),
    ]:
        print(f"| {room} | {spent:.2f} | {spent / total:.0%} |")


if __name__ == "__main__":
    main()
