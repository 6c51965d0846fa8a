"""A journey of two hundred documents: ``python -m benchmarks.journey [--documents N]``.

Processor time of the whole journey against the sum of the single scans, each in a process of its own, and the
memory of a journey of a quarter, half and all of the documents. The documents are those of the shared data,
else copies of the samples.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("TRUSTAUDIT_DATA", ROOT.parent / "shared" / "data")) / "documents"
SUFFIXES = frozenset({".pdf", ".docx", ".html", ".md", ".txt"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--part", choices=["single", "journey"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(
            json.dumps(
                _single(options.documents) if options.part == "single" else _journey(options.documents)
            )
        )
        return
    single = _run("single", options.documents)
    print(f"single scans of {single['documents']} documents: {single['seconds']:.1f} s, {single['mb']} MB")
    for count in (options.documents // 4, options.documents // 2, options.documents):
        found = _run("journey", count)
        steps = ", ".join(f"{name} {seconds:.1f}" for name, seconds in found["steps"].items())
        print(f"journey of {found['documents']}: {found['seconds']:.1f} s ({steps}), {found['mb']} MB")
    print(f"ratio: {found['seconds'] / single['seconds']:.2f} (wanted: under 1.3)")


def _run(part: str, count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.journey", "--part", part, "--documents", str(count)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _files(count: int) -> list[Path]:
    folder = DATA if DATA.is_dir() else ROOT / "examples"
    found = [path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES and path.is_file()]
    sized = [path for path in found if 3_000 < path.stat().st_size < 400_000] or found
    every = max(len(sized) // count, 1)
    return sized[::every][:count]


def _single(count: int) -> dict[str, Any]:
    from trustaudit.pipeline import Asked, attempt

    _warm()
    begin = time.process_time()
    files = _files(count)
    for path in files:
        attempt(path, Asked())
    return {"documents": len(files), "seconds": time.process_time() - begin, "mb": _memory()}


def _journey(count: int) -> dict[str, Any]:
    from trustaudit.journey import run
    from trustaudit.journey.manifest import DocumentEntry, Manifest, StageEntry
    from trustaudit.journey_audit import STAGES

    _warm()
    files = _files(count)
    size = -(-len(files) // len(STAGES))
    stages = tuple(
        StageEntry(name, documents=tuple(DocumentEntry(str(path), ROOT) for path in own))
        for at, name in enumerate(STAGES)
        if (own := files[at * size : (at + 1) * size])
    )
    steps: dict[str, float] = {}
    for name in ("read", "find_conflicts", "find_returns", "waiting", "best_moves"):
        setattr(run, name, _timed(getattr(run, name), name, steps))
    begin = time.process_time()
    journey = run.audit_journey(Manifest(stages, ROOT, "benchmark", source="benchmark"))
    seconds = time.process_time() - begin
    return {"documents": len(journey.documents), "seconds": seconds, "mb": _memory(), "steps": steps}


def _timed(function: Any, name: str, steps: dict[str, float]) -> Any:
    def timed(*arguments: Any) -> Any:
        begin = time.process_time()
        result = function(*arguments)
        steps[name] = time.process_time() - begin
        return result

    return timed


def _warm() -> None:
    """What is loaded once costs neither side."""
    import trustaudit

    trustaudit.scan_text("We may change these terms at any time. You shall pay.", kind="contract")


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
