"""The documents of a journey, scanned together and kept small, in the order in which they were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from trustaudit.audit import Audit, Unreadable
from trustaudit.batch import scan_many
from trustaudit.journey.keep import Keeper

Result = Audit | Unreadable
Watch = Callable[[Iterable[Result], int], Iterable[Result]]
"""Sees the results pass by: a progress bar."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to scan. ``given`` are arguments of ``scan`` that hold where the manifest says nothing else.

    ``over`` outranks what the manifest says of the whole journey (company, customer, audience), though not
    what it says of one document.

    ``change`` is what is to happen to each audit once it is made, such as suppressing findings.
    """

    jobs: int = 1
    isolated: bool = False
    given: Mapping[str, Any] = field(default_factory=dict)
    over: Mapping[str, Any] = field(default_factory=dict)
    watch: Watch | None = None
    change: Callable[[Audit, Path], Audit] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file and the arguments of its scan."""

    path: Path
    asked: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Files of one key are scanned with the same arguments."""
        return repr(sorted((name, str(value)) for name, value in self.asked.items()))


def read(files: Sequence[Wanted], options: Options) -> list[Result]:
    """A result for each file, in their order; one bad file costs none of the others."""
    keeper = Keeper()
    order = sorted(range(len(files)), key=lambda at: (files[at].key, at))
    passing = _scanned([files[at] for at in order], options)
    watched = options.watch(passing, len(files)) if options.watch else passing
    results = {
        at: _kept(result, files[at].path, options, keeper) for at, result in zip(order, watched, strict=True)
    }
    return [results[at] for at in range(len(files))]


def _scanned(files: Sequence[Wanted], options: Options) -> Iterator[Result]:
    """Files with the same arguments go through the workers together; every file gets a result."""
    isolated = options.isolated and len(files) > 1
    for _, group in groupby(files, key=lambda each: each.key):
        same = list(group)
        paths = [each.path for each in same]
        count = 0
        for result in scan_many(paths, jobs=options.jobs, isolated=isolated, **same[0].asked):
            count += 1
            yield result
        for path in paths[count:]:
            yield Unreadable(str(path), "it was not read: the run ended before its turn")


def _kept(result: Result, path: Path, options: Options, keeper: Keeper) -> Result:
    if isinstance(result, Unreadable):
        return result
    return keeper.kept(options.change(result, path) if options.change else result)
