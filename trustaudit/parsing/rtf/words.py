"""Control words by what they do."""

from __future__ import annotations

CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "page": "\n", "column": "\n", "emdash": "—", "endash": "–",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005",
}  # fmt: skip

SYMBOLS = {"~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\", "\t": "\t", "-": "", ":": "", "|": ""}

FLAGS = {
    "b": "bold", "i": "italic", "caps": "caps", "scaps": "small_caps", "v": "hidden", "deleted": "deleted",
    "htmlrtf": "suppressed", "super": "raised", "sub": "raised",
}  # fmt: skip
"""Words that switch something of a look on, and off with a 0."""

PLACES = {"cf": "color", "highlight": "highlight", "cb": "shade", "chcbpat": "shade", "f": "font"}
"""Words whose number is a place in a table."""

SKIPPED = frozenset({
    "info", "objdata", "themedata", "colorschememapping", "datastore", "latentstyles", "listtable",
    "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "nonshppict", "shprslt", "sp", "bkmkstart",
    "bkmkend", "annotation", "atnid", "atnauthor", "atntime", "atnicn", "atnref", "atndate", "atnparent",
    "atrfstart", "atrfend", "pnseclvl", "revtbl", "filetbl", "userprops", "template", "xe", "tc", "tcn",
    "rxe", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "fontemb", "fontfile", "falt",
    "panose", "objclass", "objname", "objalias", "objsect", "docvar", "mmathPr", "wgrffmtfilter",
    "pgdsctbl", "background", "keycode", "private", "protusertbl", "mvfmf", "mvtof", "blipuid",
    "picprop", "pn", "gridtbl", "htmltag", "mhtmltag", "datafield", "nextfile", "nonesttables",
})  # fmt: skip
"""Destinations without text of the page."""

TRANSPARENT = frozenset({
    "shpinst", "shp", "shpgrp", "do", "object", "result", "field", "listtext", "pntext", "ud", "shptxt",
    "shppict", "dptxbxtext", "fldinst", "fldrslt", "mmath", "moMath", "moMathPara", "mr", "ebcstart",
    "cs", "bkmk",
})  # fmt: skip
"""Destinations that are read although a star lets older readers pass them by."""

HEADERS = frozenset({"header", "headerl", "headerr", "headerf"})
FOOTERS = frozenset({"footer", "footerl", "footerr", "footerf"})
PARAGRAPH_ENDS = frozenset({"par", "sect", "cell", "nestcell"})
