"""``pytest --trustaudit templates/``: every document is a test, which fails as ``trustaudit scan`` would.

Settings, baseline, comments and sidecar files hold as on the command line. Nothing of trustaudit is imported
until the option is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from trustaudit.cli.run import Done
    from trustaudit.settings import Settings

_NOTHING_ASKED = {
    "baseline": None, "against": None, "write_baseline": None, "no_worse": False, "today": None,
}  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("trustaudit")
    group.addoption("--trustaudit", action="store_true", help="test documents for trust: see trustaudit.toml")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> DocumentFile | None:
    """A collector for each file that ``trustaudit scan`` of its folder would read, or that is named."""
    if not parent.config.getoption("--trustaudit") or not _is_document(file_path, parent.config):
        return None
    return DocumentFile.from_parent(parent, path=file_path)


def _is_document(path: Path, config: pytest.Config) -> bool:
    from trustaudit.cli.ignoring import above
    from trustaudit.cli.inputs import NO_DOCUMENTS, OUR_FILES, SIDECAR

    if path.suffix.lower() in NO_DOCUMENTS or path.name in OUR_FILES or path.name.endswith(SIDECAR):
        return False
    named = {(config.invocation_params.dir / name.partition("::")[0]).resolve() for name in config.args}
    if path.resolve() in named:
        return True
    settings = _settings(path)
    if settings.baseline == path.absolute() or path.name.startswith("."):
        return False
    ignored = above(path.parent).entering(path.parent).adding(settings.base, list(settings.exclude))
    return not any(
        ignored.matches(each, folder=each != path) for each in (path, *path.parents) if each != settings.base
    )


def _settings(path: Path) -> Settings:
    from trustaudit.settings import discover

    return discover(path.parent)


class DocumentFile(pytest.File):
    """A document; its one test is the audit."""

    def collect(self) -> Iterator[pytest.Item]:
        yield DocumentItem.from_parent(self, name="trustaudit")


class AuditError(Exception):
    """The document does not pass; the message lists why."""


class DocumentItem(pytest.Item):
    def runtest(self) -> None:
        from trustaudit.cli import ExitStatus, gates, hiding

        settings = _settings(self.path)
        plan = hiding.plan(_NOTHING_ASKED, settings)
        hidden = hiding.hidden(_audited(self.path, settings), plan, settings)
        if gates.status(hidden.done, settings, strict=False, worse=hidden.worse) is not ExitStatus.CLEAN:
            raise AuditError(_why(hidden.done))

    def repr_failure(  # type: ignore[override]  # the words alone, where the failure is ours
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: None = None,  # noqa: ARG002
    ) -> object:
        from trustaudit.errors import TrustauditError

        if isinstance(excinfo.value, AuditError | TrustauditError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, f"trustaudit: {self.path.name}"


def _audited(path: Path, settings: Settings) -> Done:
    from trustaudit.audit import Audit
    from trustaudit.cli import run
    from trustaudit.pipeline import asked, attempt

    wanted = run.asked(path, settings)
    result = attempt(path, asked(**wanted))
    if isinstance(result, Audit):
        return run.Done((result,), ())
    return run.Done((), (result,))


def _why(done: Done) -> str:
    """The findings that stand, worst first, as the terminal report shows them; or what could not be read."""
    from trustaudit import report

    return report.terminal(done.audits, done.unreadable)
