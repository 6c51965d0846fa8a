"""Characters of symbol fonts, which have no meaning of their own, as Unicode."""

from __future__ import annotations

# The font Symbol from 0x20 on; a dot stands where Unicode has no sign for it.
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
    + "\0" * 33
    + "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
    + "\0⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭\0"
)
_DINGBATS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6D: "❍",
    0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖",
    0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA2: "○", 0xA3: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "☐",
    0xB2: "⟡", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦",
    0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_DINGBATS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x95: "•", 0x96: "•", 0x97: "•",
    0x98: "•", 0xA3: "☐",
}  # fmt: skip
_FONTS = {"wingdings": _DINGBATS, "wingdings 2": _DINGBATS_2}

_BULLET = 0xB7

UNKNOWN = "\ufffd"


def symbol(code: int, font: str) -> str:
    """The sign that a symbol font shows for a code (0x20..0xFF, or moved to 0xF000); else U+FFFD."""
    moved = 0xF000 <= code <= 0xF0FF
    if moved:
        code -= 0xF000
    elif code > 0xFF:
        return chr(code) if code < 0xD800 or 0xF8FF < code < 0x110000 else UNKNOWN
    name = font.lower()
    if name in _FONTS:
        return _FONTS[name].get(code, UNKNOWN)
    if name == "symbol":
        sign = _SYMBOL[code - 0x20] if 0x20 <= code < 0x20 + len(_SYMBOL) else "\0"
        return UNKNOWN if sign == "\0" else sign
    if moved and code == _BULLET:
        return "•"  # whatever the font: lists are full of it
    return UNKNOWN if code < 0x20 or moved or name.startswith(("webdings", "wingdings")) else chr(code)


def in_font(text: str, font: str) -> str:
    """Text with its private-use characters (0xF000..0xF0FF) shown as the font does."""
    if not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    return "".join(symbol(ord(char), font) if "\uf000" <= char <= "\uf0ff" else char for char in text)


def bullet(text: str, font: str) -> str:
    """A list's bullet: what cannot be told is a round one."""
    shown = in_font(text, font)
    if font.lower() in _FONTS and len(shown) == 1 and ord(shown) <= 0xFF:
        shown = symbol(ord(shown), font)
    if font.lower().startswith("courier") and shown == "o":
        return "◦"
    return shown.replace(UNKNOWN, "•").replace("·", "•")
