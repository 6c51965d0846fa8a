"""journey.yaml: what it may say, and how it is told what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.journey.conftest import EXAMPLE
from trustaudit.errors import ConfigError
from trustaudit.journey.manifest import Manifest, load_manifest, schema
from trustaudit.journey.plan import Plan, plan

ROOT = Path(__file__).resolve().parents[2]


def write(folder: Path, text: str, name: str = "journey.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, text: str) -> Manifest:
    return load_manifest(write(folder, text))


def papers(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("We answer within two days.", encoding="utf-8")


def shown(planned: Plan) -> list[tuple[str, str]]:
    return [(each.stage, each.shown) for each in planned.files]


FULL = """
name: From sample to exit
company: Acme
customer: [Client, "the Buyer"]
segment: workshops with one machine
audience: business
stages:
  - stage: sample
    title: The loan
    weight: 2
    customer: false
    documents: sheet.txt
  - stage: after-sales
    documents:
      - "letters/*.txt"
      - {path: letters/b.txt, kind: message, channel: letter, weight: 0.5, company: [Acme Service]}
"""


def test_everything_that_it_may_say(tmp_path: Path) -> None:
    papers(tmp_path, "sheet.txt", "letters/a.txt", "letters/b.txt", "letters/c.txt")
    manifest = load(tmp_path, FULL)
    assert (manifest.name, manifest.company, manifest.customer) == (
        "From sample to exit", ("Acme",), ("Client", "the Buyer"),
    )  # fmt: skip
    assert (manifest.segment, manifest.audience) == ("workshops with one machine", "business")
    first = manifest.stages[0]
    assert (first.name, first.title, first.weight, first.customer) == ("sample", "The loan", 2.0, False)
    planned = plan(manifest)
    assert shown(planned) == [
        ("sample", "sheet.txt"), ("after-sales", "letters/a.txt"), ("after-sales", "letters/b.txt"),
        ("after-sales", "letters/c.txt"),
    ]  # fmt: skip
    special = planned.files[2].entry
    assert (special.kind, special.channel, special.weight) == ("message", "letter", 0.5)
    assert special.company == ("Acme Service",)
    assert planned.files[1].entry.channel == ""


def test_without_a_name_it_is_called_as_its_folder(tmp_path: Path) -> None:
    (tmp_path / "spring").mkdir()
    assert load(tmp_path / "spring", "stages: [{stage: exit, documents: [a.txt]}]").name == "spring"
    named = write(tmp_path, "stages: [{stage: exit, documents: [a.txt]}]", "lifts.yaml")
    assert load_manifest(named).name == "lifts"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1: names nothing; a manifest is a mapping: 'stages: …'"),
        ("- a", ":1: names nothing; a manifest is a mapping: 'stages: …'"),
        ("name: x", ": names no document; write stages: "),
        ("stages:", ": names no document; write stages: "),
        ("stages:\n  - stage: exit\n", ": names no document; write stages: "),
        ("name: x\nstagse: []\n", ":2: unknown key 'stagse'. Did you mean 'stages'?"),
        (
            "stages:\n  - stage: exit\n    document: a\n",
            ":3: unknown key 'document'. Did you mean 'documents'?",
        ),
        (
            "stages:\n  - stage: exit\n    documents:\n      - {path: a, chanel: sms}\n",
            ":4: unknown key 'chanel'. Did you mean 'channel'?",
        ),
        (
            "stages:\n  - stage: exit\n    documents:\n      - path: a\n        channel: phone\n",
            ":5: 'channel' must be sms, email, voice, letter or web, not 'phone'.",
        ),
        (
            "stages:\n  - stage: exit\n    documents:\n      - path: a\n        kind: mesage\n",
            ":5: 'kind' must be contract, term-sheet or message, not 'mesage'. Did you mean 'message'?",
        ),
        ("stages:\n  - stage: Exit Interview\n", ":2: 'stage': 'Exit Interview' must be lower-case words"),
        ("stages:\n  - documents: a\n", ":2: the key 'stage' is missing"),
        ("stages:\n  - stage: exit\n    weight: -1\n", ":3: 'weight' must be 0 or more"),
        ("stages:\n  - stage: exit\n    weight: .nan\n", ":3: 'weight'"),
        ("stages:\n  - stage: exit\n    customer: perhaps\n", ":3: 'customer' must be true or false"),
        ("stages: contract\n", ":1: 'stages' must be a list, not 'contract'"),
        (
            "stages:\n  - stage: exit\n    documents: a\n  - stage: exit\n    documents: b\n",
            ":4: the stage 'exit' stands here twice, first in line 2: put its documents together",
        ),
        ("stages: [}\n", ":1: not YAML: "),
        ("stages: &a\n  - *a\n", ":"),
        ("company: {a: b}\nstages: []\n", ":1: 'company'"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as error:
        load_manifest(path)
    assert str(error.value).startswith(f"{path}{said}")
    assert len(str(error.value).splitlines()) <= 2


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        load(tmp_path, "nmae: x\nstages:\n  - stage: exit\n    wieght: 1\n")
    assert [line.rpartition("/")[2] for line in str(error.value).splitlines()] == [
        "journey.yaml:1: unknown key 'nmae'. Did you mean 'name'?",
        "journey.yaml:4: unknown key 'wieght'. Did you mean 'weight'?",
    ]


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "journey.yaml"
    path.write_bytes(b"\xff\xfe\x00name")
    with pytest.raises(ConfigError, match="not UTF-8 text"):
        load_manifest(path)


BASE = """
company: Acme
segment: everybody
stages:
  - stage: contract
    documents: terms.txt
  - stage: exit
    documents: bye.txt
"""


def test_a_manifest_may_build_on_another(tmp_path: Path) -> None:
    write(tmp_path, BASE, "base.yaml")
    manifest = load(
        tmp_path,
        "extends: base.yaml\nname: mine\nstages:\n  - {stage: contract, documents: own.txt}\n"
        "  - {stage: renewal, documents: again.txt}\n",
    )
    assert [stage.name for stage in manifest.stages] == ["contract", "exit", "renewal"]
    assert manifest.stages[0].documents[0].path == "own.txt"
    assert (manifest.name, manifest.company, manifest.segment) == ("mine", ("Acme",), "everybody")


def test_what_a_base_names_is_relative_to_the_base(tmp_path: Path) -> None:
    papers(tmp_path, "shared/terms.txt", "shared/bye.txt")
    write(tmp_path / "shared", BASE, "base.yaml")
    planned = plan(load(tmp_path, "extends: shared/base.yaml\n"))
    assert shown(planned) == [("contract", "shared/terms.txt"), ("exit", "shared/bye.txt")]


def test_a_circle_of_manifests_is_seen(tmp_path: Path) -> None:
    write(tmp_path, "name: x\nextends: two.yaml\n", "one.yaml")
    write(tmp_path, "extends: three.yaml\n", "two.yaml")
    write(tmp_path, "extends: one.yaml\n", "three.yaml")
    with pytest.raises(ConfigError, match=r"three\.yaml:1: extends one\.yaml, which extends it in turn"):
        load_manifest(tmp_path / "one.yaml")
    write(tmp_path, "extends: self.yaml\n", "self.yaml")
    with pytest.raises(ConfigError, match="which extends it in turn"):
        load_manifest(tmp_path / "self.yaml")


def test_a_base_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"journey\.yaml:2: extends gone\.yaml, which is not there"):
        load(tmp_path, "name: x\nextends: gone.yaml\n")


def test_a_document_in_two_stages(tmp_path: Path) -> None:
    papers(tmp_path, "a.txt", "b.txt")
    manifest = load(
        tmp_path,
        "stages:\n  - {stage: contract, documents: a.txt}\n  - stage: exit\n    documents:\n      - '*.txt'\n",
    )
    with pytest.raises(ConfigError) as error:
        plan(manifest)
    assert "journey.yaml:5: a.txt stands in two stages, 'contract' and 'exit'" in str(error.value)


def test_the_same_document_by_another_name_is_the_same(tmp_path: Path) -> None:
    papers(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    text = "stages:\n  - {stage: contract, documents: a.txt}\n  - {stage: exit, documents: ./b.txt}\n"
    with pytest.raises(ConfigError, match="stands in two stages"):
        plan(load(tmp_path, text))


def test_what_is_missing_is_a_hole_and_the_rest_stands(tmp_path: Path) -> None:
    papers(tmp_path, "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "circle.txt").symlink_to(tmp_path / "circle.txt")
    (tmp_path / "empty").mkdir()
    planned = plan(
        load(
            tmp_path,
            "stages:\n  - stage: contract\n    documents:\n"
            "      - a.txt\n      - b.txt\n      - mail/*.eml\n      - gone.txt\n      - circle.txt\n      - empty\n",
        )
    )
    assert shown(planned) == [("contract", "a.txt")]
    said = {hole.path: hole.reason.partition(" (")[0] for hole in planned.holes}
    assert said == {
        "b.txt": "there is no such file", "mail/*.eml": "no file matches",
        "gone.txt": "a link that leads nowhere", "circle.txt": "a link that leads nowhere",
        "empty": "the folder holds no document",
    }  # fmt: skip
    assert "journey.yaml:5" in planned.holes[0].reason
    assert {hole.stage for hole in planned.holes} == {"contract"}


def test_a_manifest_of_which_nothing_is_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none of its documents is there \(a\.txt\)"):
        plan(load(tmp_path, "stages: [{stage: exit, documents: a.txt}]"))


def test_a_folder_stands_for_its_documents_and_a_loop_of_links_is_no_trap(tmp_path: Path) -> None:
    papers(tmp_path, "mail/a.txt", "mail/deep/b.txt", "mail/.hidden.txt")
    (tmp_path / "mail" / "loop").symlink_to(tmp_path / "mail", target_is_directory=True)
    planned = plan(load(tmp_path, "stages: [{stage: exit, documents: mail}]"))
    assert shown(planned) == [("exit", "mail/a.txt"), ("exit", "mail/deep/b.txt")]
    deep = plan(load(tmp_path, "stages: [{stage: exit, documents: 'mail/**/*.txt'}]"))
    assert shown(deep) == shown(planned)


def test_a_name_with_brackets_is_a_name_where_such_a_file_is(tmp_path: Path) -> None:
    papers(tmp_path, "terms [2].txt")
    planned = plan(load(tmp_path, "stages: [{stage: exit, documents: 'terms [2].txt'}]"))
    assert shown(planned) == [("exit", "terms [2].txt")]


def test_a_glob_from_the_root_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="a glob is relative to the manifest's folder"):
        plan(load(tmp_path, f"stages: [{{stage: exit, documents: '{tmp_path}/*.txt'}}]"))


def test_the_published_schema_is_current_and_takes_what_is_right() -> None:
    published = json.loads((ROOT / "docs" / "schema" / "journey-manifest.schema.json").read_text("utf-8"))
    assert published == schema(), (
        "run: trustaudit journey --schema > docs/schema/journey-manifest.schema.json"
    )
    jsonschema.Draft202012Validator.check_schema(published)
    validator = jsonschema.Draft202012Validator(published)
    import yaml

    for text in (FULL, BASE, (EXAMPLE / "journey.yaml").read_text(encoding="utf-8")):
        validator.validate(yaml.safe_load(text))
    for wrong in ("stagse: []", "stages: [{documents: a}]", "stages: [{stage: x, weight: -1}]"):
        assert not validator.is_valid(yaml.safe_load(wrong))
