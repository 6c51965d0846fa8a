"""``trustaudit completion``: the shell's side of completion, as click writes it."""

from __future__ import annotations

import click

from trustaudit.cli import cli, debug_option

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@debug_option
def command(shell: str) -> None:
    """Print the completion script for a shell.

    \b
    bash:  trustaudit completion bash >> ~/.bashrc
    zsh:   trustaudit completion zsh >> ~/.zshrc
    fish:  trustaudit completion fish > ~/.config/fish/completions/trustaudit.fish
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None  # click knows all three
    click.echo(made(cli, {}, "trustaudit", "_TRUSTAUDIT_COMPLETE").source())
