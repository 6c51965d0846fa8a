"""trustaudit as a library: in spaCy, in pandas, in a notebook, in threads and in other processes."""

from __future__ import annotations

import ast
import multiprocessing
import os
import pickle
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin
from spacy.util import registry

import trustaudit
from trustaudit.errors import UsageError

ROOT = Path(__file__).resolve().parents[1]
CLAUSE = "We may, at any time and without notice, modify these terms."
TEXT = f"Terms of use\n\n{CLAUSE} You waive your rights.\n"
RULE = "one-sided/unilateral-change"


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    made = spacy.blank("en")
    made.add_pipe("trustaudit", config={"kind": "contract"})
    return made


def test_spacy_finds_the_component_without_an_import() -> None:
    """By its entry point: in a process that knows only spaCy."""
    code = (
        f"import spacy; nlp = spacy.blank('xx'); nlp.add_pipe('trustaudit'); doc = nlp({TEXT!r}); "
        "print(sorted({span.label_ for span in doc.spans['trustaudit']}))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert RULE in ast.literal_eval(ran.stdout)


def test_a_document_has_its_audit_and_a_span_for_each_finding(nlp: spacy.language.Language) -> None:
    doc = nlp(TEXT)
    audit = doc._.trustaudit
    assert audit == trustaudit.scan_text(TEXT, kind="contract")
    with_words = [found for found in audit.findings if found.start < found.end]
    spans = doc.spans["trustaudit"]
    assert [(span.label_, span.id_) for span in spans] == [
        (each.rule, each.fingerprint) for each in with_words
    ]
    for span, found in zip(spans, with_words, strict=True):
        assert span.start_char <= found.start < found.end <= span.end_char
        assert found.quote in span.text
    assert RULE in {span.label_ for span in spans}


def one_token(vocabulary: Any) -> Any:
    """A tokenizer that takes words five at a time: findings end inside its tokens."""

    def tokenizer(text: str) -> Doc:
        words = re.findall(r"(?:\S+ ){1,5}|\s+|\S+", text)
        assert "".join(words) == text
        return Doc(vocabulary, words=words, spaces=[False] * len(words))

    return tokenizer


@settings(max_examples=20)
@given(prefix=st.text(st.characters(codec="utf-8", exclude_characters="{}<>[]%$*|#"), max_size=40))
def test_spans_hold_the_words_whatever_the_tokenizer(nlp: spacy.language.Language, prefix: str) -> None:
    strange = spacy.blank("en")
    strange.tokenizer = one_token(strange.vocab)
    doc = nlp.get_pipe("trustaudit")(strange(f"{prefix}\n\n{CLAUSE}\n"))
    audit = doc._.trustaudit
    for span in doc.spans["trustaudit"]:
        (found,) = [
            each for each in audit.findings if (each.rule, each.fingerprint) == (span.label_, span.id_)
        ]
        assert found.quote in span.text


def test_places_in_a_template_are_those_of_its_source(nlp: spacy.language.Language) -> None:
    source = f"{{% if terms %}}\nDear {{{{ name }}}},\n\n{CLAUSE}\n{{% endif %}}\n"
    doc = nlp(source)
    (span,) = [each for each in doc.spans["trustaudit"] if each.label_ == RULE]
    assert span.text in CLAUSE


def test_the_audit_crosses_processes_and_files(nlp: spacy.language.Language) -> None:
    wanted = [trustaudit.scan_text(text, kind="contract") for text in (TEXT, CLAUSE)]
    stored = DocBin(store_user_data=True, docs=nlp.pipe([TEXT, CLAUSE]))
    loaded = list(DocBin().from_bytes(stored.to_bytes()).get_docs(nlp.vocab))
    assert [doc._.trustaudit for doc in loaded] == wanted
    assert [len(doc.spans["trustaudit"]) > 0 for doc in loaded] == [True, True]
    pickled = pickle.loads(pickle.dumps(nlp(TEXT)))
    assert pickled._.trustaudit == wanted[0]
    assert spacy.blank("en")("Hello.")._.trustaudit is None


@pytest.mark.slow
def test_many_processes_of_spacy(nlp: spacy.language.Language) -> None:
    docs = list(nlp.pipe([TEXT, CLAUSE] * 2, n_process=2, batch_size=2))
    assert [doc._.trustaudit.grade for doc in docs] == [
        nlp(text)._.trustaudit.grade for text in [TEXT, CLAUSE] * 2
    ]


def test_a_pipeline_is_saved_and_loaded(nlp: spacy.language.Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    assert loaded(TEXT)._.trustaudit == nlp(TEXT)._.trustaudit


def test_a_wrong_configuration_is_said_when_the_pipe_is_made() -> None:
    with pytest.raises(UsageError, match="kind 'contrct' is none of auto, contract"):
        spacy.blank("en").add_pipe("trustaudit", config={"kind": "contrct"})
    assert "trustaudit" in registry._entry_point_factories.get_all()


def test_a_table_has_a_row_for_each_finding(tmp_path: Path) -> None:
    audit = trustaudit.scan(ROOT / "examples" / "services-agreement.pdf")
    table = audit.to_dataframe()
    assert len(table) == len(audit.findings) > 20
    assert list(table["rule"]) == [found.rule for found in audit.findings]
    assert list(table["page"]) == [found.page for found in audit.findings]
    assert set(table.loc[table["severity"] == "critical", "effect"]) == {"withdrawal"}
    assert table.groupby("severity").size().sum() == len(audit.findings)
    assert table["line"].isna().all()  # a PDF has no lines
    none = trustaudit.scan_text("Hello.").to_dataframe()
    assert none.empty
    assert list(none.columns) == list(table.columns)
    joined = pd.concat([none, table])
    assert dict(joined.dtypes.astype(str)) == dict(table.dtypes.astype(str))


def test_without_pandas_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    audit = trustaudit.scan_text(TEXT)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="to_dataframe needs pandas; install it: pip install pandas"):
        audit.to_dataframe()


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "action"}]


def test_a_notebook_shows_the_audit_and_never_the_document_as_markup() -> None:
    audit = trustaudit.scan_text(f"{CLAUSE} <script>alert(1)</script> " * 30, kind="contract")
    shown = audit._repr_html_()
    tags = Tags()
    tags.feed(shown)
    assert tags.seen <= {"div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "br", "code"}
    assert tags.addresses == []
    assert f"Grade <strong>{audit.grade}</strong>" in shown
    assert RULE in shown
    assert len(shown) < 12_000
    assert "No grade" in trustaudit.scan_text("Hello.")._repr_html_()


SAMPLES = sorted(
    path for path in (ROOT / "examples").rglob("*")
    if path.suffix in {".pdf", ".docx", ".txt", ".html", ".eml", ".md"} and "source" not in path.parts
)  # fmt: skip


def test_eight_threads_find_what_one_finds() -> None:
    """Each sample three times, in eight threads at once: PDFs, DOCX, mails."""
    wanted = [trustaudit.scan(path) for path in SAMPLES]
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(trustaudit.scan, SAMPLES * 3))
    assert made == wanted * 3


def test_a_cold_start_in_eight_threads() -> None:
    """Rules are loaded, spaCy imported and PDFium started by eight threads at once."""
    code = (
        "import sys, trustaudit, concurrent.futures as f\n"
        "paths = sys.argv[1:]\n"
        "with f.ThreadPoolExecutor(8) as pool: made = list(pool.map(trustaudit.scan, paths))\n"
        "assert made == [trustaudit.scan(path) for path in paths]"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *map(str, SAMPLES)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_other_processes_find_the_same(start: str) -> None:
    wanted = [trustaudit.scan(path) for path in SAMPLES]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(start)) as pool:
        assert list(pool.map(trustaudit.scan, SAMPLES)) == wanted


def test_an_audit_pickles() -> None:
    audit = trustaudit.scan(ROOT / "examples" / "services-agreement.pdf")
    again = pickle.loads(pickle.dumps(audit))
    assert again == audit
    assert again.to_json() == audit.to_json()


def test_nothing_is_printed() -> None:
    """The library logs; only the command line writes, by click."""
    printing = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "trustaudit").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def test_what_is_not_said_is_logged(tmp_path: Path) -> None:
    """A cache that cannot be written costs time and nothing else; who asks the log is told."""
    (tmp_path / "no-folder").write_text("", encoding="utf-8")
    code = (
        "import logging, trustaudit; logging.basicConfig(level=logging.DEBUG); "
        f"trustaudit.scan_text({CLAUSE!r}, kind='contract')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "no-folder")},
    )  # fmt: skip
    assert ran.stdout == ""
    assert "DEBUG:trustaudit.ruleset.cache:nothing is kept in the cache" in ran.stderr


def test_spacy_pays_nothing_for_the_component() -> None:
    """spaCy imports the component whenever a pipeline is made: none of our rooms come with it."""
    code = (
        "import sys, spacy; spacy.blank('en'); "
        "print(sorted(m for m in sys.modules if m.startswith('trustaudit')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ast.literal_eval(ran.stdout) == ["trustaudit", "trustaudit.spacy_component"]


def test_the_import_is_light() -> None:
    code = (
        "import sys, trustaudit; dir(trustaudit); "
        "print([m for m in ('spacy', 'pydantic', 'jinja2', 'lxml', 'click', 'pandas') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "[]"
