"""Which code page the bytes of a font are written in."""

from __future__ import annotations

import codecs

SYMBOL = 2
_BY_FONT = {
    0: "cp1252", 77: "mac_roman", 78: "shift_jis", 79: "euc_kr", 80: "gb2312", 81: "big5", 128: "cp932",
    129: "cp949", 130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}


def of_font(charset: int) -> str | None:
    """The codec of a font's character set; None where the document's own holds."""
    return _BY_FONT.get(charset) if charset != 1 else None


def of_word(word: str) -> str:
    """The codec of ``\\ansi``, ``\\mac``, ``\\pc``, ``\\pca``."""
    return _PAGES[word]


def of_page(page: int) -> str:
    """The codec of a code page's number; Western where there is none such."""
    name = {10000: "mac_roman", 65001: "utf-8"}.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
