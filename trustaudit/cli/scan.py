"""``trustaudit scan``: from arguments to a report and an exit status."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from trustaudit.cli import ExitStatus, debug_option
from trustaudit.settings import AUDIENCES, FAIL_ON, FORMATS, KINDS


class _Ratio(click.ParamType[float]):
    """A share of the words: 0.15 or 15%."""

    name = "ratio"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        text = str(value).strip()
        try:
            ratio = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            ratio = -1.0
        if not 0 <= ratio <= 1:
            self.fail(f"{value!r} is not a share from 0 to 1, such as 0.15 or 15%", param, ctx)
        return ratio


@click.command("scan", epilog="Exit status: 0 clean, 1 findings or a gate failed, 2 could not run.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--kind", type=click.Choice(KINDS), help="What the documents are.  [default: auto]")
@click.option("--company", multiple=True, metavar="NAME", help="Whose paper it is, as the document names it.")
@click.option("--customer", multiple=True, metavar="NAME", help="The other side, as the document names it.")
@click.option("--audience", type=click.Choice(AUDIENCES), help="Whose severities hold.  [default: auto]")
@click.option("--format", type=click.Choice(FORMATS), help="The report's format.  [default: by --output]")
@click.option(
    "-o", "--output", metavar="FILE_OR_DIR", help="Where the report goes.  [default: standard output]"
)
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="Findings this bad fail.  [default: major]")
@click.option("--max-fine-print", type=_Ratio(), metavar="RATIO", help="More fine print fails: 0.15 or 15%.")
@click.option(
    "--min-score", type=click.FloatRange(0, 100), metavar="N", help="A lower score fails, 0 to 100."
)
@click.option(
    "--baseline", type=click.Path(dir_okay=False), metavar="FILE", help="What this file knows does not fail."
)
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write what is found as a baseline.",
)
@click.option("--against", metavar="REV", help="What was found at this git revision does not fail.")
@click.option(
    "--no-worse", is_flag=True, help="Fail where a document is worse than in the baseline, by any measure."
)
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day that suppressions are held against.  [default: today, in UTC]",
)
@click.option("--config", type=click.Path(exists=True, dir_okay=False), help="Use this configuration file.")
@click.option(
    "--rules", multiple=True, type=click.Path(exists=True), metavar="DIR", help="Add your own rules."
)
@click.option(
    "--select", multiple=True, metavar="ID", help="Only these rules: an id, or one-sided/ for many."
)
@click.option("--ignore", multiple=True, metavar="ID", help="All but these rules.")
@click.option(
    "--jobs", type=click.IntRange(min=0), metavar="N", help="Worker processes; 0: one for each core."
)
@click.option("--unordered", is_flag=True, help="Results as they come, not in the order of the files.")
@click.option(
    "--store",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Keep results in this SQLite file; what is unchanged is not read again.",
)
@click.option("--retry", is_flag=True, help="With --store: try again what was unreadable before.")
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Run on this dask scheduler, or 'local'; PATH and --output may be addresses (s3://…).",
)
@click.option("--fix", is_flag=True, help="Make the safe changes that rules declare, in templates.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and write nothing.")
@click.option("--no-pictures", is_flag=True, help="No pictures of pages in the HTML report.")
@click.option("--strict", is_flag=True, help="Exit with 2 where something could not be read or measured.")
@click.option(
    "--stdin-name", metavar="NAME", default="stdin", help="What - is called, for its type and place."
)
@debug_option
def command(paths: tuple[str, ...], **options: Any) -> ExitStatus:
    """Audit documents and write a report.

    PATH is a file, a folder (walked; .gitignore is respected), a glob, or - for standard input.
    """
    from trustaudit.cli import gates, hiding, output, run

    if options["retry"] and not options["store"]:
        raise click.UsageError("--retry is for runs with a --store, which remembers what was unreadable")
    settings = run.settings(paths, options)
    if options["cluster"]:
        from trustaudit.cli import clustered

        return clustered.scan(paths, settings, options)
    target = output.target(options["output"], options["format"], settings.format)
    target = replace(target, pictures=not options["no_pictures"])
    plan = hiding.plan(options, settings)
    inputs = hiding.without_our_files(run.inputs(paths, settings), plan)
    hiding.check(plan, inputs)
    if options["fix"] or options["diff"]:
        from trustaudit.cli import fixing

        changes = fixing.fix(inputs, settings, plan.today, show=options["diff"])
        if options["diff"]:
            return ExitStatus.FINDINGS if changes else ExitStatus.CLEAN
    if options["store"]:
        from trustaudit.cli import storing

        return storing.scan(inputs, settings, plan, target, options)
    done = run.audit(inputs, settings, options["stdin_name"], ordered=not options["unordered"])
    hidden = hiding.hidden(done, plan, settings)
    output.deliver(hidden.done.audits, hidden.done.unreadable, target)
    return gates.status(hidden.done, settings, strict=options["strict"], worse=hidden.worse)
