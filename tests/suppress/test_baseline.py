"""Baselines: what is known does not fail, what is new or worse does, and no file is lost or half written."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import Run, under_way

FILE = "trustaudit-baseline.json"


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")


def test_what_is_known_passes_and_is_shown_as_suppressed(run: Run, house: Path) -> None:
    assert run("scan", "terms.md").status == 1
    made = run("scan", "terms.md", "--write-baseline", FILE)
    assert (made.status, made.err) == (0, f"baseline: {FILE}: 2 findings in 1 documents\n")
    ran = run("scan", "terms.md", "--baseline", FILE, "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    document = json.loads(ran.out)["documents"][0]
    assert {each["reason"] for each in document["suppressed"]} == {"in the baseline"}
    assert len(document["suppressed"]) == 2


def test_a_new_finding_fails_though_everything_moves(run: Run, house: Path) -> None:
    run("scan", "terms.md", "--write-baseline", FILE)
    moved = "# Terms\n\nHello.\n\n1. You pay a  handling\n   charge for each order.\n\n2. You pay a late charge after thirty days.\n"
    (house / "terms.md").write_text(moved, encoding="utf-8")
    assert run("scan", "terms.md", "--baseline", FILE).status == 0
    add(house / "terms.md", "Then comes another handling charge.")
    assert run("scan", "terms.md", "--baseline", FILE).status == 1


def test_the_file_is_stable_sorted_and_relative_to_itself(run: Run, house: Path) -> None:
    (house / "sub").mkdir()
    (house / "sub" / "more.md").write_text("# More\n\nYou pay a late charge.\n", encoding="utf-8")
    run("scan", house, "--write-baseline", "one.json")
    run("scan", "sub", "terms.md", "--write-baseline", "two.json")
    assert (house / "one.json").read_bytes() == (house / "two.json").read_bytes()
    table = json.loads((house / "one.json").read_text(encoding="utf-8"))
    assert table["schema"] == "trustaudit/baseline/1"
    assert list(table["documents"]) == ["sub/more.md", "terms.md"]
    assert {each["quote"] for each in table["documents"]["terms.md"]["findings"]} == {
        "handling charge", "late charge",
    }  # fmt: skip


def test_stale_entries_are_said(run: Run, house: Path) -> None:
    run("scan", "terms.md", "--write-baseline", FILE)
    (house / "terms.md").write_text("# Terms\n\nYou pay a late charge after thirty days.\n", encoding="utf-8")
    ran = run("scan", "terms.md", "--baseline", FILE)
    assert ran.status == 0
    assert ran.err == (
        f'{FILE}: stale: terms.md: fees/handling-charge "handling charge" is no longer found; write the baseline again\n'
    )
    quiet = run("scan", "terms.md", "--baseline", FILE, "--select", "fees/late-charge")
    assert quiet.err == ""  # a rule that was not run says nothing


def test_a_run_over_some_keeps_the_others(run: Run, house: Path) -> None:
    (house / "other.md").write_text("# More\n\nYou pay a late charge.\n", encoding="utf-8")
    run("scan", "terms.md", "other.md", "--write-baseline", FILE)
    whole = (house / FILE).read_bytes()
    run("scan", "other.md", "--write-baseline", FILE)
    run("scan", "terms.md", "--select", "fees/late-charge", "--write-baseline", FILE)
    assert (house / FILE).read_bytes() == whole
    (house / "other.md").unlink()
    run("scan", "terms.md", "--write-baseline", FILE)
    assert "other.md" not in (house / FILE).read_text(encoding="utf-8")


def test_a_baseline_is_no_document(run: Run, house: Path) -> None:
    run("scan", ".", "--write-baseline", "known.json")
    ran = run("scan", ".", "--baseline", "known.json", "--format", "json")
    assert [each["path"] for each in json.loads(ran.out)["documents"]] == ["terms.md"]


def test_more_severe_than_before_is_new(run: Run, house: Path) -> None:
    run("scan", "terms.md", "--write-baseline", FILE)
    rule = house / "ours" / "fees" / "late-charge.yaml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("minor", "critical"), encoding="utf-8")
    assert run("scan", "terms.md", "--baseline", FILE).status == 1


def test_no_worse_counts_every_severity_and_the_score(run: Run, house: Path) -> None:
    run("scan", "terms.md", "--write-baseline", FILE)
    assert run("scan", "terms.md", "--baseline", FILE, "--no-worse").status == 0
    add(house / "terms.md", "A late charge is added to it.")
    assert run("scan", "terms.md", "--baseline", FILE).status == 0  # minor
    ran = run("scan", "terms.md", "--baseline", FILE, "--no-worse")
    assert ran.status == 1
    assert "terms.md: 1 finding more than before (--no-worse)\n" in ran.err
    assert "the score is" in ran.err
    (house / "new.md").write_text("# New\n\nA late charge is added.\n", encoding="utf-8")
    assert run("scan", "new.md", "--baseline", FILE, "--no-worse").status == 0  # it has no before
    assert run("scan", "new.md", "--no-worse").status == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such baseline; make it with --write-baseline"),
        (b"", "is no baseline, or a damaged one"),
        (b"{", "is no baseline, or a damaged one"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[]", "is no baseline"),
        (b'{"schema": "trustaudit/audit/1"}', "is no baseline"),
        (b'{"schema": "trustaudit/baseline/2", "documents": {}}', "of another version"),
        (b'{"schema": "trustaudit/baseline/1"}', "damaged baseline: no 'documents'"),
        (b'{"schema": "trustaudit/baseline/1", "documents": []}', "damaged baseline"),
        (b'{"schema": "trustaudit/baseline/1", "documents": {"a": {"findings": [{}]}}}', "damaged baseline"),
        (b'{"schema": "trustaudit/baseline/1", "documents": {"a": {"findings": [], "score": "x"}}}', "not a number"),
        (b"[" * 100_000, "damaged one"),
    ],
)  # fmt: skip
def test_a_bad_baseline_is_an_error_and_is_not_overwritten(
    run: Run, house: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (house / FILE).write_bytes(content)
    ran = run("scan", "terms.md", "--baseline", FILE)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {FILE}: ")
    assert said in ran.err
    if content is not None:
        assert run("scan", "terms.md", "--write-baseline", FILE).status == 2
        assert (house / FILE).read_bytes() == content


def test_the_settings_name_a_baseline(run: Run, house: Path) -> None:
    settings = house / "trustaudit.toml"
    settings.write_text(
        f'baseline = "{FILE}"\nno_worse = true\n' + settings.read_text(encoding="utf-8"), encoding="utf-8"
    )
    missing = run("scan", "terms.md")
    assert (missing.status, "no such baseline" in missing.err) == (2, True)
    assert run("scan", "terms.md", "--write-baseline", FILE).status == 0
    assert run("scan", "terms.md").status == 0


def call(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "trustaudit", *arguments],
        cwd=folder, capture_output=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk(house: Path) -> None:
    ran = call(house, "scan", "terms.md", "--write-baseline", "/dev/full")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr == b"error: /dev/full: cannot be written: No space left on device\n"


def test_a_folder_that_is_not_there(run: Run, house: Path) -> None:
    gone = run("scan", "terms.md", "--write-baseline", "gone/known.json")
    assert (gone.status, gone.out) == (2, "")
    assert gone.err == "error: gone/known.json: cannot be written: No such file or directory\n"


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="no folder that nobody may write")
def test_a_folder_that_nobody_may_write(run: Run, house: Path) -> None:
    closed = run("scan", "terms.md", "--write-baseline", "/sys/kernel/known.json")
    assert (closed.status, closed.out) == (2, "")
    assert closed.err.startswith("error: /sys/kernel/known.json: ")
    assert "cannot be written" in closed.err


def test_control_c_leaves_the_old_baseline(house: Path) -> None:
    call(house, "scan", "terms.md", "--write-baseline", FILE)
    old = (house / FILE).read_bytes()
    for number in range(40):
        text = "You pay a handling charge for each order that you place. " * 3000
        (house / f"{number}.md").write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "trustaudit", "scan", ".", "--write-baseline", FILE],
        cwd=house, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    under_way(process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert (house / FILE).read_bytes() == old
    assert [path.name for path in house.iterdir() if path.name.startswith(".")] == []


def test_two_runs_at_once_lose_nothing(house: Path) -> None:
    names = [f"{number}.md" for number in range(4)]
    for name in names:
        (house / name).write_text("# Terms\n\nYou pay a late charge.\n", encoding="utf-8")
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "trustaudit", "scan", name, "--write-baseline", FILE],
            cwd=house, stdout=subprocess.DEVNULL,
        )
        for name in names
    ]  # fmt: skip
    assert [process.wait(timeout=120) for process in running] == [0] * len(names)
    assert list(json.loads((house / FILE).read_text(encoding="utf-8"))["documents"]) == names
    assert [path.name for path in house.iterdir() if path.name.startswith(".")] == []


def git(folder: Path, *arguments: str) -> None:
    name = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(house: Path) -> Path:
    git(house, "init", "-q")
    git(house, "add", ".")
    git(house, "commit", "-q", "-m", "first")
    return house


def test_against_a_revision(run: Run, repository: Path) -> None:
    assert run("scan", "terms.md", "--against", "HEAD").status == 0
    add(repository / "terms.md", "Then comes another handling charge.")
    (repository / "new.md").write_text("# New\n\nYou pay a handling charge.\n", encoding="utf-8")
    ran = run("scan", "terms.md", "--against", "HEAD", "--no-worse", "--format", "json")
    assert ran.status == 1
    assert "terms.md: 1 finding more than before (--no-worse)" in ran.err
    reasons = {each["reason"] for each in json.loads(ran.out)["documents"][0]["suppressed"]}
    assert reasons == {"in the baseline, as at HEAD"}
    assert run("scan", "new.md", "--against", "HEAD").status == 1  # was not there
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "second")
    assert run("scan", ".", "--against", "HEAD").status == 0
    assert run("scan", ".", "--against", "HEAD~1").status == 1


@pytest.mark.parametrize("revision", ["nowhere", "--help", "HEAD:terms.md", "-"])
def test_no_such_revision(run: Run, repository: Path, revision: str) -> None:
    ran = run("scan", "terms.md", f"--against={revision}")
    assert (ran.status, ran.out) == (2, "")
    assert "no such revision" in ran.err


def test_against_outside_of_a_repository(run: Run, house: Path) -> None:
    ran = run("scan", "terms.md", "--against", "HEAD")
    assert (ran.status, "is in no git repository" in ran.err) == (2, True)
    both = run("scan", "terms.md", "--against", "HEAD", "--baseline", FILE)
    assert (both.status, "give one of them" in both.err) == (2, True)
