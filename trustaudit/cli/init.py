"""``trustaudit init``: a first trustaudit.toml or journey.yaml, from what is recognised in the folder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trustaudit.cli import debug_option
from trustaudit.errors import UsageError
from trustaudit.settings import FAIL_ON

if TYPE_CHECKING:
    from trustaudit.audit import Audit

LOOKED_AT = 20
"""Documents that are read to recognise what they are."""


@click.command("init")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False))
@click.option("-y", "--yes", is_flag=True, help="Ask nothing: take what is recognised.")
@click.option("--company", multiple=True, metavar="NAME", help="Whose paper it is, as the documents name it.")
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="Findings this bad fail.  [default: major]")
@click.option("--journey", is_flag=True, help="Write journey.yaml: each document at its stage.")
@debug_option
def command(folder: str, yes: bool, company: tuple[str, ...], fail_on: str | None, journey: bool) -> None:
    """Write trustaudit.toml, or journey.yaml, into FOLDER, with what is recognised in its documents."""
    if journey:
        _journey(Path(folder), company)
        return
    path = Path(folder) / "trustaudit.toml"
    if path.exists():
        raise UsageError(f"{path}: is there already; change it, or delete it first")
    audits = _look(Path(folder))
    names = company or _companies(audits)
    if not yes:
        asked = click.prompt(
            "Your company, as your papers name it (several: with commas)", ", ".join(names), err=True
        )
        names = tuple(name.strip() for name in asked.split(",") if name.strip())
        fail_on = fail_on or click.prompt(
            "Fail on findings of", "major", type=click.Choice(FAIL_ON), err=True
        )
    _write(path, _text(names, fail_on or "major", _kinds(Path(folder), audits)))
    click.echo(str(path))
    click.echo(f"looked at {len(audits)} documents; now: trustaudit scan {folder}", err=True)


def _journey(folder: Path, company: tuple[str, ...]) -> None:
    """Write a first journey.yaml. It asks nothing: what is recognised stands in it, with the evidence."""
    from trustaudit.cli.progress import shown
    from trustaudit.journey.folder import as_yaml
    from trustaudit.journey.manifest import NAMES, manifest_in
    from trustaudit.journey.reading import Options
    from trustaudit.journey.run import recognised

    there = manifest_in(folder)
    if there is not None:
        raise UsageError(f"{there}: is there already; change it, or delete it first")
    path = folder / NAMES[0]
    manifest, audits, lost = recognised(folder, Options(isolated=True, watch=shown))
    for hole in lost:
        click.echo(f"{hole.path}: left out: {hole.reason}", err=True)
    if company:
        manifest = replace(manifest, company=company)
    kinds = {file.relative_to(folder).as_posix(): audit.kind.value for file, audit in audits.items()}
    _write(path, as_yaml(manifest, kinds))
    click.echo(str(path))
    click.echo(
        f"looked at {len(audits)} documents; check the stages, then: trustaudit journey {folder}", err=True
    )


def _look(folder: Path) -> dict[Path, Audit]:
    """Audits of the first documents of the folder; what cannot be read is left to the first scan."""
    from trustaudit.audit import Audit
    from trustaudit.batch import scan_many
    from trustaudit.cli.inputs import collect

    paths = [source for source in collect([str(folder)]).sources if isinstance(source, Path)][:LOOKED_AT]
    results = zip(paths, scan_many(paths, isolated=len(paths) > 1), strict=True)
    return {path: result for path, result in results if isinstance(result, Audit)}


def _companies(audits: Mapping[Path, Audit]) -> tuple[str, ...]:
    """Names that documents give the company, the most frequent first; role words such as we are none."""
    counted = Counter(name for audit in audits.values() for name in set(audit.parties.company))
    named = [
        name for name, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])) if _is_name(name)
    ]
    return tuple(named[:3])


def _is_name(name: str) -> bool:
    return name[:1].isupper() and name.lower() not in {"we", "us", "our", "ours"}


def _kinds(folder: Path, audits: Mapping[Path, Audit]) -> dict[str, str]:
    """The subfolders whose documents are all of one kind."""
    kinds: dict[str, set[str]] = {}
    for path, audit in audits.items():
        parts = path.relative_to(folder).parts
        if len(parts) > 1:
            kinds.setdefault(parts[0], set()).add(audit.kind.value)
    return {name: next(iter(found)) for name, found in sorted(kinds.items()) if len(found) == 1}


def _text(names: tuple[str, ...], fail_on: str, kinds: Mapping[str, str]) -> str:
    lines = ["# Settings of trustaudit. All keys: trustaudit config show"]
    company = f"company = {_quoted(list(names))}"
    lines.append(company if names else '# company = ["Acme"]  # whose paper it is, as the papers name it')
    lines.append(f'fail_on = "{fail_on}"')
    for name, kind in kinds.items():
        lines += ["", "[[paths]]", f"match = {_quoted(f'/{name}/**')}", f'kind = "{kind}"']
    return "\n".join(lines) + "\n"


def _quoted(value: object) -> str:
    """Basic strings of TOML are those of JSON, but for the character DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write(path: Path, text: str) -> None:
    try:
        new_file(path, text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None


def new_file(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all."""
    file = path.open("x", encoding="utf-8")
    try:
        with file:
            file.write(text)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
