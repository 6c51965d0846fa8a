"""The same wording about both sides: how a duty that is asked of one side reads where it binds both."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SIDE = re.compile(r"<(company|customer)>('s)?")


def of_both(phrases: Sequence[str]) -> tuple[str, ...]:
    """Each phrase with *both* in the place of the side it names first, and *the other* for the second.

    Phrases that name no side have no such form.
    """
    return tuple(_of_both(phrase) for phrase in phrases if _SIDE.search(phrase))


def _of_both(phrase: str) -> str:
    found = _SIDE.search(phrase)
    assert found is not None
    first = found[1]

    def put(side: re.Match[str]) -> str:
        if side[1] == first:
            return f"<both>{side[2] or ''}"
        return "(other|<both>)"

    return _SIDE.sub(put, phrase)
