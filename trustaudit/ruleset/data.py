"""YAML files of other rooms, through the cache: what a scan needs of them, without the YAML library."""

from __future__ import annotations

import hashlib
from functools import partial

from trustaudit.ruleset import cache
from trustaudit.ruleset.yaml_file import YamlFile


def read_data(source: bytes) -> YamlFile:
    """As ``read_yaml``; a file without faults is kept, and given back next time without being parsed.

    A line that is asked for is looked up in the source then.
    """
    name = hashlib.sha256(cache.code_stamp() + source).hexdigest()
    kept = cache.read_json("data", name)
    if isinstance(kept, dict) and "data" in kept:
        return YamlFile(kept["data"], (), partial(_line, source))
    from trustaudit.ruleset.yaml_lines import read_yaml

    file = read_yaml(source)
    if not file.faults:
        cache.write_json("data", name, {"data": file.data})
    return file


def _line(source: bytes, path: tuple[str | int, ...]) -> int:
    from trustaudit.ruleset.yaml_lines import read_yaml

    return read_yaml(source).line(path)
