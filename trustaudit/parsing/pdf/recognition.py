"""Text recognition of pages that show words and hold none: tesseract, where the extra ``ocr`` is installed.

Each page is rendered once and read by a process of its own with one thread, so that the same page gives the
same words whatever else the machine does. How many pages are read is fixed by the limits; the clock only ends
what would take the document over its time.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from trustaudit.document import Box
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf.frame import Frame
from trustaudit.parsing.pdf.render import rendered

if TYPE_CHECKING:
    from PIL import Image

MISSING = "it would need text recognition: install trustaudit[ocr] and tesseract"
NOTHING = "text recognition found no words in it"
UNSURE = "text recognition was too unsure of its words"
TOO_LONG = "text recognition took too long"
_DPI = 200
_MOST_PIXELS = 12_000_000  # a poster is read coarser
_PAGE_SECONDS = 30.0
_SPARE_SECONDS = 4.0  # of the document's time, left for what comes after
_SURE = 60  # of 100: words under it are named as uncertain
_POOR = 0.4  # share of uncertain words from which a page is not taken as read
_FEW = 12  # words: fewer on a page that is full of ink are perhaps lines that lie on their side
_DARKER = [max(0, 255 - 2 * (255 - grey)) for grey in range(256)]
"""Without it tesseract, with its one threshold for a page, takes pale print beside black for paper."""
_FAINT = 0.05  # of the darkest row of a word: less ink in a row is none
_TOO_HIGH = 0.75  # of a word's box: where its ink is less high than this, the box is not that of its letters
_THREADS = "OMP_THREAD_LIMIT"
_WORD, _COLUMNS = "5", 12  # level and number of columns of tesseract's table


class Word(NamedTuple):
    """A word with its box in points, on the page turned so that it reads upright, and its line's number."""

    text: str
    box: Box
    row: tuple[int, int, int]
    sure: bool


class Recognized(NamedTuple):
    """What was read of one page; ``angle`` says how its text lies, in degrees clockwise: 0, 90, 180, 270."""

    words: tuple[Word, ...] = ()
    angle: int = 0
    fault: str = ""  # why there are no words


class Recognizer:
    """Takes pages while they are open, and reads them while others are parsed. Use it in ``with``."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pool: ThreadPoolExecutor | None = None
        self._waiting: dict[int, Future[Recognized]] = {}
        self._faults: dict[int, Recognized] = {}
        self._threads = os.environ.get(_THREADS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is None:
            return
        self._pool.shutdown(cancel_futures=True)
        os.environ.pop(_THREADS)
        if self._threads is not None:
            os.environ[_THREADS] = self._threads

    def offer(self, index: int, page: int, frame: Frame) -> None:
        """Render the open page; what it says is among the ``results``."""
        most = self._limits.recognized_pages
        if (engine := _engine()) is None:
            self._faults[index] = Recognized(fault=MISSING)
        elif len(self._waiting) >= most:
            self._faults[index] = Recognized(fault=f"text recognition reads {most} pages of a document")
        else:
            image, scale = _image(page, frame)
            self._waiting[index] = self._started().submit(_read, engine, image, scale, self._until)

    def results(self) -> Mapping[int, Recognized]:
        """By the index of the page; waits for what is under way."""
        return {**{index: future.result() for index, future in self._waiting.items()}, **self._faults}

    @property
    def _until(self) -> float:
        """When reading has to end: in time for who set an alarm that ends this process, as batches do."""
        limits = self._limits
        watched = hasattr(signal, "getitimer") and signal.getitimer(signal.ITIMER_REAL)[0] > 0
        return limits.started + (limits.seconds - _SPARE_SECONDS if watched else limits.recognition_seconds)

    def _started(self) -> ThreadPoolExecutor:
        if self._pool is None:
            os.environ[_THREADS] = "1"  # tesseract's own threads make it slower
            self._pool = ThreadPoolExecutor(min(os.cpu_count() or 1, 4))
        return self._pool


def _engine() -> Any:
    """The module that calls tesseract; None where it or the program is missing."""
    try:
        import pytesseract  # type: ignore[import-untyped]
    except ImportError:
        return None
    return pytesseract if shutil.which(pytesseract.pytesseract.tesseract_cmd) else None


@cache
def _language(engine: Any) -> str:
    """English where there is a model of it, else all that there are."""
    known = sorted(name for name in engine.get_languages() if name != "osd")
    return "eng" if "eng" in known or not known else "+".join(known)


def _image(page: int, frame: Frame) -> tuple[Image.Image, float]:
    """The page in grey, pale print made darker, and its pixels a point."""
    area = max(frame.width * frame.height, 1.0)
    scale = min(_DPI / 72 / frame.unit, (_MOST_PIXELS / area) ** 0.5)
    seen = rendered(page, round(frame.width * scale), round(frame.height * scale), "L")
    return seen.point(_DARKER), scale


def _read(engine: Any, image: Image.Image, scale: float, until: float) -> Recognized:
    """The page's words; tried again turned where it seems to lie on its side."""
    try:
        words = _words(engine, image, scale, until)
        angle = _angle(engine, image, until) if len(words) < _FEW or _unsure(words) > _POOR else 0
        if angle:
            words = _words(engine, image.rotate(angle, expand=True), scale, until)
    except (RuntimeError, OSError) as error:  # pytesseract's errors are either
        return Recognized(fault=TOO_LONG if "timeout" in str(error) else f"text recognition failed: {error}")
    if not words:
        return Recognized(fault=NOTHING)
    return Recognized(fault=UNSURE) if _unsure(words) > _POOR else Recognized(tuple(words), angle)


def _unsure(words: list[Word]) -> float:
    return sum(not word.sure for word in words) / max(len(words), 1)


def _angle(engine: Any, image: Image.Image, until: float) -> int:
    """How far, clockwise, the page's text is turned; 0 where it cannot be told."""
    try:
        found = engine.image_to_osd(image, timeout=_seconds(until), output_type=engine.Output.DICT)
    except engine.TesseractError:
        return 0  # too few letters
    return (360 - int(found["rotate"])) % 360 if float(found["orientation_conf"]) > 1 else 0


def _words(engine: Any, image: Image.Image, scale: float, until: float) -> list[Word]:
    table = engine.image_to_data(
        image, lang=_language(engine), config=f"--psm 3 --dpi {_DPI}", timeout=_seconds(until)
    )
    return list(_listed(table.splitlines()[1:], image, scale))


def _seconds(until: float) -> float:
    """How long the next page may take; raises where no time is left."""
    left = min(until - time.monotonic(), _PAGE_SECONDS)
    if left <= 0:
        raise RuntimeError("timeout: no time is left")
    return left


def _listed(rows: Iterable[str], image: Image.Image, scale: float) -> Iterable[Word]:
    """The words of tesseract's table; specks that it takes for signs are left out."""
    for row in rows:
        cells = row.split("\t", _COLUMNS - 1)
        if len(cells) < _COLUMNS or cells[0] != _WORD:
            continue
        text, sure = cells[11].strip(), float(cells[10]) >= _SURE
        if not text or not (sure or any(map(str.isalnum, text))):
            continue
        left, top, width, height = map(int, cells[6:10])
        top, bottom = _inked(image, left, top, left + width, top + height)
        place = (int(cells[2]), int(cells[3]), int(cells[4]))
        box = (left / scale, top / scale, (left + width) / scale, bottom / scale)
        yield Word(text, box, place, sure)


def _inked(image: Image.Image, left: int, top: int, right: int, bottom: int) -> tuple[int, int]:
    """From where to where, in pixels, the letters of a word reach: boxes of small type are too high."""
    from PIL.Image import Resampling

    crop = image.crop((left, top, right, bottom))
    rows = crop.resize((1, bottom - top), Resampling.BOX).tobytes()
    ground = max(rows, default=0)
    faint = ground - _FAINT * (ground - min(rows, default=0))
    best, begin, most = (0, len(rows)), None, 0
    for at, grey in enumerate([*rows, ground]):
        if grey < faint:
            begin = at if begin is None else begin
        elif begin is not None:
            ink = sum(ground - row for row in rows[begin:at])
            best, most, begin = ((begin, at), ink, None) if ink > most else (best, most, None)
    first, last = max(top + best[0] - 1, top), min(top + best[1] + 1, bottom)  # edges are blurred
    return (first, last) if last - first < _TOO_HIGH * (bottom - top) else (top, bottom)
