"""The run's own process does not grow with the number of documents."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@pytest.mark.slow
def test_the_parent_stays_as_small_as_it_is(tmp_path: Path) -> None:
    """``synthetic`` by itself measures as many as one likes; here enough to see growth."""
    code = (
        "import sys, synthetic; from pathlib import Path; "
        "seen = list(synthetic.fill(Path(sys.argv[1]), 1_500)); print(len(seen), seen[500], seen[-1])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(ROOT)])}

    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "audit.db"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    count, early, late = map(int, done.stdout.split())
    assert count == 1_500
    assert late < 300_000_000
    assert late - early < 4_000_000
