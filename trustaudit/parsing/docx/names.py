"""The qualified names of Office Open XML that the parser looks for."""

from __future__ import annotations

from typing import Final

WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
RELATED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DIAGRAM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PLACED: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SHAPE: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
COMPAT: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VML: Final = "{urn:schemas-microsoft-com:vml}"
OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

VAL: Final = WORD + "val"
PARAGRAPH: Final = WORD + "p"
PARAGRAPH_PROPERTIES: Final = WORD + "pPr"
RUN_PROPERTIES: Final = WORD + "rPr"
ALTERNATE: Final = COMPAT + "AlternateContent"
RELATION_ID: Final = RELATED + "id"

OFF: Final = frozenset({"0", "false", "off", "none"})
