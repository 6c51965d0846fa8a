"""The qualified names of OpenDocument that the parser looks for."""

from __future__ import annotations

from typing import Final

_BASE: Final = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE: Final = f"{{{_BASE}office:1.0}}"
STYLE: Final = f"{{{_BASE}style:1.0}}"
TEXT: Final = f"{{{_BASE}text:1.0}}"
TABLE: Final = f"{{{_BASE}table:1.0}}"
DRAW: Final = f"{{{_BASE}drawing:1.0}}"
FORMAT: Final = f"{{{_BASE}xsl-fo-compatible:1.0}}"
SVG: Final = f"{{{_BASE}svg-compatible:1.0}}"
MANIFEST: Final = f"{{{_BASE}manifest:1.0}}"
EXTRA: Final = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
LINK: Final = "{http://www.w3.org/1999/xlink}href"
ID: Final = "{http://www.w3.org/XML/1998/namespace}id"

PARAGRAPH: Final = TEXT + "p"
HEADING: Final = TEXT + "h"
