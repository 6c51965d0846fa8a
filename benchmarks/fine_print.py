"""Speed of what fine print needs: ``python -m benchmarks.fine_print [--files N] [--check]``.

A PDF read with its typography and contrast against pdfplumber's bare characters, in pages a second; and
pictures of pages against the scan that they are added to. With ``--check`` the exit status is 1 where a
figure is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("TRUSTAUDIT_DATA", ROOT.parent / "shared" / "data"))
TIMES_PDFPLUMBER, PICTURES_PER_SCAN = 10.0, 1.0


def parsed(files: list[Path]) -> tuple[int, float]:
    """Pages, and processor seconds for reading them with typography and contrast."""
    from trustaudit import parsing

    start = time.process_time()
    pages = sum(len(parsing.parse(path.read_bytes(), path.name).pages) for path in files)
    return pages, time.process_time() - start


def characters(files: list[Path]) -> float:
    """Processor seconds of pdfplumber for the characters of the same pages."""
    import pdfplumber

    start = time.process_time()
    for path in files:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                _ = page.chars
                page.close()
    return time.process_time() - start


def pictures(files: list[Path]) -> tuple[float, float]:
    """Processor seconds of the scans, and of the pictures for their reports."""
    import trustaudit
    from trustaudit.cli.pictures import of

    trustaudit.scan_text("warm")
    start = time.process_time()
    audits = [trustaudit.scan(path) for path in files]
    middle = time.process_time()
    for audit in audits:
        of([audit])
    return middle - start, time.process_time() - middle


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--files", type=int, default=60)
    arguments.add_argument("--check", action="store_true")
    given = arguments.parse_args()
    files = sorted((DATA / "cuad" / "pdf").glob("*.pdf"))[: given.files]
    if not files:
        print("shared data not present: set TRUSTAUDIT_DATA")
        return 0
    pages, ours = parsed(files)
    theirs = characters(files)
    scans, drawn = pictures(files)
    print(f"{len(files)} files, {pages} pages")
    print(f"typography and contrast: {pages / ours:.0f} pages/s, pdfplumber's chars: {pages / theirs:.0f}")
    print(f"  {theirs / ours:.1f} times as fast, at least {TIMES_PDFPLUMBER:g} wanted")
    print(f"scans {scans:.1f} s, pictures {drawn:.1f} s: {drawn / scans:.2f} of a scan, at most 1 wanted")
    missed = theirs / ours < TIMES_PDFPLUMBER or drawn / scans > PICTURES_PER_SCAN
    return 1 if given.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
