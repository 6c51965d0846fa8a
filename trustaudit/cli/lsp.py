"""``trustaudit lsp``: the language server, for editors."""

from __future__ import annotations

import click

from trustaudit.cli import debug_option


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Standard input and output; the only way, and the default.")
@debug_option
def command(stdio: bool) -> None:  # noqa: ARG001  # editors give it; there is nothing to choose
    """Serve an editor: findings while you write, why, fairer wording, and suppression with a reason.

    It is started by the editor, not by hand; see docs/editor.md. Needs the extra: pip install
    'trustaudit[editor]'.
    """
    from trustaudit.editor import serve

    serve()
