"""Fields: their results are text, their instructions are not."""

from __future__ import annotations

from dataclasses import dataclass, field

from trustaudit.parsing.fieldcode import LIST_FIELDS, PAGE_FIELDS, link_target, parsed


@dataclass(slots=True)
class Field:
    """One field: ``instruction`` grows until its result begins."""

    instruction: list[str] = field(default_factory=list)
    in_result: bool = False
    shown: bool = False  # its result holds text
    prepared: str | None = None  # what a form field shows without a result
    link: str = ""
    placeholder: str = ""
    name: str = ""

    def begin_result(self) -> None:
        self.in_result = True
        self.name, arguments = parsed("".join(self.instruction))
        if self.name == "HYPERLINK":
            self.link = link_target(arguments)
        elif self.name == "MERGEFIELD" and arguments:
            self.placeholder = arguments[0]


class Fields:
    """The fields open at a point of one story (body, header, note …)."""

    def __init__(self) -> None:
        self._open: list[Field] = []

    @property
    def depth(self) -> int:
        return len(self._open)

    @property
    def visible(self) -> bool:
        """Text at this point is shown: no field is still in its instruction."""
        return all(entry.in_result for entry in self._open)

    @property
    def in_list(self) -> bool:
        """Inside a table of contents or an index."""
        return any(entry.in_result and entry.name in LIST_FIELDS for entry in self._open)

    @property
    def page(self) -> bool:
        return any(entry.name in PAGE_FIELDS for entry in self._open)

    @property
    def link(self) -> str:
        return next((entry.link for entry in reversed(self._open) if entry.link), "")

    @property
    def placeholder(self) -> str:
        return next((entry.placeholder for entry in self._open if entry.placeholder), "")

    def begin(self) -> None:
        self._open.append(Field())

    def instruct(self, text: str) -> None:
        if self._open and not self._open[-1].in_result:
            self._open[-1].instruction.append(text)

    def prepare(self, text: str) -> None:
        """What the innermost field shows if it has no result of its own (form fields)."""
        if self._open:
            self._open[-1].prepared = text

    def separate(self) -> None:
        if self._open and not self._open[-1].in_result:
            self._open[-1].begin_result()

    def mark_shown(self) -> None:
        for entry in self._open:
            entry.shown = True

    def end(self) -> Field | None:
        """The field that ends here, with its name known."""
        if not self._open:
            return None
        entry = self._open.pop()
        if not entry.in_result:
            entry.begin_result()
        return entry


def substitute(entry: Field) -> str:
    """The text of a field that has no result: what Word would show at once, or nothing."""
    if entry.prepared is not None:
        return entry.prepared
    if entry.placeholder:
        return f"«{entry.placeholder}»"
    if entry.name == "SYMBOL":
        _, arguments = parsed("".join(entry.instruction))
        code = arguments[0] if arguments else ""
        return chr(int(code)) if code.isdecimal() and 32 <= int(code) < 0xD800 else ""
    return ""
