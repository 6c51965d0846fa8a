"""The comment behind a field is what the API's page says of it: an extension of griffe.

Our values explain a field where it stands, ``balance: float = 0.0  # -100..+100``;
readers of the page see it too.
"""  # noqa: INP001 -- a build script, not a package

from __future__ import annotations

import tokenize
from functools import cache
from pathlib import Path
from typing import Any

from griffe import Attribute, Docstring, Extension


@cache
def comments(path: Path) -> dict[int, str]:
    """The comments of a file by their line, without what is for linters."""
    with path.open("rb") as file:
        found = {
            token.start[0]: token.string.lstrip("# ").strip()
            for token in tokenize.tokenize(file.readline)
            if token.type == tokenize.COMMENT
        }
    return {line: text for line, text in found.items() if not text.startswith(("noqa", "type:", "fmt:"))}


class FieldComments(Extension):
    """Gives a field without a docstring the comment of its line."""

    def on_attribute_instance(self, *, attr: Attribute, **_: Any) -> None:
        if attr.docstring is not None or not isinstance(attr.filepath, Path) or attr.endlineno is None:
            return
        said = comments(attr.filepath).get(attr.endlineno, "")
        if said:
            attr.docstring = Docstring(f"{said[0].upper()}{said[1:]}.", parent=attr)
