"""The language server: what a scan finds, shown while a paper is written. Only this room knows pygls."""

from __future__ import annotations

from trustaudit.errors import UsageError

MISSING = (
    "the language server needs the extra 'editor'; install it: pip install 'trustaudit[editor]' ({error})"
)


def serve() -> None:
    """Talk to an editor on standard input and output until it says exit.

    Raises ``UsageError`` where the libraries of the extra ``editor`` are not installed.
    """
    try:
        import lsprotocol  # noqa: F401  asked first, so that an error of ours is never taken for a missing library
        import pygls  # noqa: F401
    except ImportError as error:
        raise UsageError(MISSING.format(error=error)) from None
    from trustaudit.editor.server import run

    run()
