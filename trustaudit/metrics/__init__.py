"""Pure functions of a document: fine print, readability, layout. No measure knows a rule."""

from trustaudit.metrics.burial import burial_index
from trustaudit.metrics.fine_print import FinePrint, FineSpan, fine_print
from trustaudit.metrics.measures import measure
from trustaudit.metrics.profiles import profiles
from trustaudit.metrics.typography import contrast
from trustaudit.metrics.words import words_of

__all__ = [
    "FinePrint",
    "FineSpan",
    "burial_index",
    "contrast",
    "fine_print",
    "measure",
    "profiles",
    "words_of",
]
