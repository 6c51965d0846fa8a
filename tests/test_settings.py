"""Settings: found by walking up, every key checked, every error with its place and its mend."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit.errors import ConfigError
from trustaudit.settings import FORMATS, Settings, discover, find, load
from trustaudit.settings.checks import KEYS

FULL = """\
company = ["Acme", "Acme Ltd"]
customer = "Client"
kind = "contract"
audience = "business"
select = ["one-sided/"]
ignore = ["care/thanks"]
rules = ["own", "/elsewhere"]
fail_on = "critical"
max_fine_print = 0.15
min_score = 60
jobs = 2
format = "json"
exclude = ["drafts/"]

[[paths]]
match = "mail/**"
kind = "message"
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    settings = load(write(tmp_path / "trustaudit.toml", FULL))
    assert settings.company == ("Acme", "Acme Ltd")
    assert settings.customer == ("Client",)
    assert settings.rules == (tmp_path / "own", Path("/elsewhere"))
    assert (settings.kind, settings.audience, settings.fail_on, settings.format) == (
        "contract", "business", "critical", "json",
    )  # fmt: skip
    assert (settings.max_fine_print, settings.min_score, settings.jobs) == (0.15, 60.0, 2)
    assert settings.paths[0].match == "mail/**"
    assert settings.source == tmp_path / "trustaudit.toml"


def test_the_keys_are_the_settings() -> None:
    assert set(KEYS) == {field.name for field in fields(Settings)} - {"source", "origins", "added"}


def test_both_files_say_the_same(tmp_path: Path) -> None:
    project = FULL.replace("[[paths]]", "[[tool.trustaudit.paths]]")
    ours = load(write(tmp_path / "trustaudit.toml", FULL))
    theirs = load(write(tmp_path / "pyproject.toml", f'[project]\nname = "x"\n[tool.trustaudit]\n{project}'))
    assert ours.with_given(jobs=3).paths == theirs.with_given(jobs=3).paths
    assert (ours.company, ours.rules, ours.exclude) == (theirs.company, theirs.rules, theirs.exclude)


def test_the_nearest_file_above_is_found(tmp_path: Path) -> None:
    write(tmp_path / "trustaudit.toml", 'fail_on = "never"\n')
    write(tmp_path / "a" / "pyproject.toml", "[tool.other]\nx = 1\n")  # not ours: passed by
    write(tmp_path / "a" / "broken" / "pyproject.toml", "[[[\n")  # not ours, and broken: no concern of ours
    deep = tmp_path / "a" / "broken" / "b"
    deep.mkdir()
    assert find(deep) == tmp_path / "trustaudit.toml"
    write(tmp_path / "a" / "pyproject.toml", '[tool.trustaudit]\nfail_on = "info"\n')
    assert discover(deep).fail_on == "info"
    write(tmp_path / "a" / "trustaudit.toml", 'fail_on = "minor"\n')
    assert discover(deep).fail_on == "minor"


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert discover(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('\ncompany = "A"\nfail-on = "major"\n', ':3: unknown key "fail-on"; did you mean "fail_on"?'),
        ("min_scor = 5\n", ':1: unknown key "min_scor"; did you mean "min_score"?'),
        ("zzz = 5\n", "known: company, customer"),
        ('fail_on = "blocker"\n', ":1: fail_on must be one of info, minor, major, critical, never"),
        ('kind = "contarct"\n', 'did you mean "contract"?'),
        ("kind = 3\n", "must be one of"),
        ("company = [1]\n", ":1: company must be a text or a list of texts"),
        ('company = [""]\n', "must be a text"),
        ("max_fine_print = 15\n", "a number from 0 to 1, not 15"),
        ("min_score = true\n", "a number from 0 to 100, not True"),
        ("jobs = -1\n", "jobs must be a whole number"),
        ("jobs = 1.5\n", "jobs must be a whole number"),
        ('paths = ["a"]\n', ":1: paths must be a list of tables"),
        ('[[paths]]\nkind = "message"\n', 'needs match = "a/pattern/**"'),
        ('[[paths]]\nmatch = "a"\nfail_on = "info"\n', ':3: unknown key "fail_on"'),
        ('[[paths]]\nmatch = "a"\nkind = "mail"\n', ":3: kind must be one of"),
        ("company = \n", "not valid TOML"),
    ],
)
def test_errors_name_file_line_and_mend(tmp_path: Path, text: str, says: str) -> None:
    path = write(tmp_path / "trustaudit.toml", text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert str(caught.value).startswith(str(path))
    assert says in str(caught.value)
    assert str(caught.value).count("\n") == 0


def test_the_line_in_a_pyproject_is_that_of_our_table(tmp_path: Path) -> None:
    text = "[tool.other]\nkind = 1\n\n[tool.trustaudit]\nkind = 1\n"
    with pytest.raises(ConfigError, match=r"pyproject\.toml:5: kind"):
        load(write(tmp_path / "pyproject.toml", text))


def test_a_table_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="must be a table"):
        load(write(tmp_path / "pyproject.toml", "[tool]\ntrustaudit = 1\n"))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / "gone.toml")
    (tmp_path / "latin.toml").write_bytes(b'company = "Caf\xe9"\n')
    with pytest.raises(ConfigError, match="UTF-8"):
        load(tmp_path / "latin.toml")


def test_what_is_given_is_stronger_than_the_file_and_its_paths(tmp_path: Path) -> None:
    settings = load(write(tmp_path / "trustaudit.toml", FULL))
    kept = settings.with_given(kind=None, company=(), fail_on="info")
    assert (kept.kind, kept.company, kept.fail_on) == ("contract", ("Acme", "Acme Ltd"), "info")
    mail = tmp_path / "mail" / "x.txt"
    assert kept.for_path(mail).kind == "message"
    assert kept.with_given(kind="term-sheet").for_path(mail).kind == "term-sheet"


def test_paths_are_relative_to_the_file_and_the_later_entry_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '[[paths]]\nmatch = "*.txt"\nkind = "contract"\n[[paths]]\nmatch = "/a/*.txt"\nkind = "message"\n'
    settings = load(write(tmp_path / "trustaudit.toml", text))
    monkeypatch.chdir(tmp_path)
    assert settings.for_path(Path("a/x.txt")).kind == "message"
    assert settings.for_path(tmp_path / "b" / "a" / "x.txt").kind == "contract"
    assert settings.for_path(Path("/outside/x.txt")).kind == "auto"
    assert settings.for_path(Path("a/x.md")).kind == "auto"


@given(
    st.dictionaries(
        st.sampled_from(sorted(KEYS)) | st.text(max_size=9), st.integers() | st.text() | st.booleans()
    )
)
def test_no_table_is_a_traceback(table: dict[str, object]) -> None:
    from trustaudit.settings.checks import Checker

    try:
        checked = Checker(Path("trustaudit.toml"), "", in_project=False).table(table, KEYS)
    except ConfigError as error:
        assert str(error).startswith("trustaudit.toml: ")  # noqa: PT017  # either way is right
    else:
        assert set(checked) <= set(KEYS)


def test_the_formats_are_those_of_the_report_room() -> None:
    from trustaudit.report import FORMATS as RENDERED

    assert set(FORMATS) == set(RENDERED)


def test_the_page_on_settings_names_every_key_and_its_example_holds(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    assert sorted(named) == sorted(KEYS)
    example, severities = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert load(write(tmp_path / "other" / "trustaudit.toml", severities)).severity[0].severity == "minor"
    settings = load(write(tmp_path / "trustaudit.toml", example))
    assert settings.for_path(tmp_path / "mail" / "a" / "b.txt").audience == "consumer"
    assert settings.for_path(tmp_path / "partners" / "x.docx").customer == ("Reseller",)
