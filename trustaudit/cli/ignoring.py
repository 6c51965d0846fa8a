"""Which files of a folder are left out: by .gitignore, from the repository's root down, or ``exclude``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Ignored:
    """Patterns by the folder they are relative to, outermost first; the innermost that speaks decides."""

    specs: tuple[tuple[Path, GitIgnoreSpec], ...] = ()

    def entering(self, folder: Path) -> Ignored:
        """With the folder's own .gitignore, where it has one."""
        try:
            lines = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return self
        return self.adding(folder, lines)

    def adding(self, base: Path, lines: list[str]) -> Ignored:
        """With these patterns, relative to ``base``."""
        from pathspec import GitIgnoreSpec

        return Ignored((*self.specs, (base, GitIgnoreSpec.from_lines(lines))))

    def matches(self, path: Path, *, folder: bool) -> bool:
        """Whether this absolute path is left out."""
        for base, spec in reversed(self.specs):
            if not path.is_relative_to(base):
                continue
            name = path.relative_to(base).as_posix() + ("/" if folder else "")
            verdict = spec.check_file(name).include
            if verdict is not None:
                return verdict
        return False


def above(folder: Path) -> Ignored:
    """What the .gitignore files between the repository's root and this folder's parent say.

    Nothing, where the folder is in no repository, or is itself ignored: who names it wants it read.
    """
    for root in folder.parents:
        if (root / ".git").exists():
            break
    else:
        return Ignored()
    ignored = Ignored().entering(root)
    for part in [*folder.relative_to(root).parents][-2::-1]:
        ignored = ignored.entering(root / part)
    return Ignored() if ignored.matches(folder, folder=True) else ignored
