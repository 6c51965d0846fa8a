"""Fine print among the sentences that bind: padding with pleasantries must not make a paper look better.

    share = fine words of binding sentences / max(120, words of binding sentences)

A sentence binds that has a duty, a right, a price or a limit, told by its words. Under 120 such words the
share is taken of 120, so that one small line of a short message is not called half of it.
"""

from __future__ import annotations

from trustaudit.audit import Measure
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.metrics.prose import Prose, worst

_LEAST_WORDS = 120
_BINDING_WORDS = """
    shall must may will cannot can't won't agree agrees agreed waive waives waived liable liability entitled
    obliged obligated required responsible prohibited permitted forbidden fee fees price charge charges
    charged pay pays payable paid refund refundable non-refundable terminate terminates cancel renew renews
    indemnify forfeit forfeits
"""
_BINDING = frozenset(_BINDING_WORDS.split())


def operative_fine_share(prose: Prose, fine: FinePrint) -> Measure:
    """0..1; None where the fine-print ratio is."""
    if fine.ratio.value is None:
        return Measure(None, fine.ratio.reason)
    lower = prose.words.lower
    is_fine = bytearray(len(prose.words))
    for piece in fine.spans:
        within = prose.words.within(piece.start, piece.end)
        is_fine[within.start : within.stop] = b"\x01" * len(within)
    binding = [(s, w) for s, w in prose.sentences if not _BINDING.isdisjoint(lower[w.start : w.stop])]
    counted = [(float(sum(is_fine[w.start : w.stop])), span) for span, w in binding]
    base = max(_LEAST_WORDS, sum(len(within) for _, within in binding))
    hidden = [pair for pair in counted if pair[0]]
    return Measure(sum(count for count, _ in counted) / base, "", worst(hidden))
