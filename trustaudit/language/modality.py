"""What kind of norm a verb makes: from a modal or a verb, its negation, and the words behind it."""

from __future__ import annotations

import re
from enum import StrEnum


class Modality(StrEnum):
    """The six ways in which a sentence binds or frees somebody."""

    OBLIGATION = "obligation"
    PERMISSION = "permission"
    ENTITLEMENT = "entitlement"
    PROHIBITION = "prohibition"
    NO_OBLIGATION = "no-obligation"
    NO_ENTITLEMENT = "no-entitlement"

    @property
    def denied(self) -> Modality:
        """What the same words with *not* in front mean: *neither party is liable*."""
        return _DENIED[self]


_O, _P, _E = Modality.OBLIGATION, Modality.PERMISSION, Modality.ENTITLEMENT
_X, _NO, _NE = Modality.PROHIBITION, Modality.NO_OBLIGATION, Modality.NO_ENTITLEMENT
_DENIED = {_O: _NO, _P: _X, _E: _NE, _X: _X, _NO: _NO, _NE: _NE}

CORRELATIVE = {_E: _O, _P: _NE, _NO: _NE}
"""What the other side bears: a duty for a claim, no claim for a freedom (Hohfeld 1913, 23 Yale L.J. 16)."""

_HELD = (
    r"(?:(?:held|made|jointly|and|or|severally|solely|fully|otherwise|personally|directly|further|in any "
    r"(?:way|manner)|exclusively|also) )*"
)
_SOME = r"(?:[\w'ꓚꓜꓐꓑ-]+,? ){0,6}?"
_RIGHT = (
    r"(?:rights?|options?|privileges?|powers?|authority|entitlements?|claims?|remed(?:y|ies)|recourse"
    r"|opportunity|licen[cs]e|discretion|recovery|interest)\b"
)
_ASIDE = r"(?:, [^;:]{1,160}?,)?"
_DUTY = r"(?:obligations?|dut(?:y|ies)|liabilit(?:y|ies)|responsibilit(?:y|ies))\b"

# Behind the modal (and its *not*): words, what they mean, what they mean when denied; None: no norm.
_BEHIND: tuple[tuple[re.Pattern[str], Modality | None, Modality | None], ...] = tuple(
    (re.compile(words), plain, denied)
    for words, plain, denied in (
        (
            (
                r"(?:be|have been) (?:deemed|considered|construed|presumed|understood|interpreted|treated"
                r"|effective|in default|in breach)\b"
            ),
            None,
            None,
        ),
        (r"(?:mean|include|refer|apply|survive|be (?:able|void)|have reason)\b", None, None),
        (rf"be {_HELD}(?:obliged|obligated|required|bound|compelled|asked|expected)\b", _O, _NO),
        (rf"be {_HELD}under (?:no|any) (?:\w+ )?{_DUTY}", _NO, _NO),
        (rf"be {_HELD}under an? (?:\w+ )?{_DUTY}", _O, _NO),
        (
            (
                rf"be {_HELD}(?:liable|responsible|accountable|answerable|chargeable|charged|billed|invoiced"
                rf"|subject to|in charge of)\b"
            ),
            _O,
            _NO,
        ),
        (
            (
                rf"be {_HELD}(?:entitled|eligible|given|granted|offered|paid|credited|refunded|reimbursed"
                rf"|compensated|notified|indemnified|provided with|named|afforded|allotted)\b"
            ),
            _E,
            _NE,
        ),
        (rf"be {_HELD}(?:permitted|allowed|authori[sz]ed|free|at liberty|licensed)\b", _P, _X),
        (r"be (?:[\w-]+ ){0,2}(?:prohibited|forbidden|precluded|restricted|barred|enjoined)\b", _X, _P),
        (r"be (?:\w+ ){0,3}?(?:released|relieved|discharged|excused|exempt|freed|held harmless)\b", _NO, _O),
        (rf"have{_ASIDE} no (?:\w+ ){{0,5}}?{_DUTY}", _NO, _NO),
        (rf"have{_ASIDE} no (?:\w+ ){{0,5}}?{_RIGHT}", _NE, _NE),
        (rf"have{_ASIDE} (?:any|an?|the|such|all|full|sole|additional|continuing) {_SOME}{_DUTY}", _O, _NO),
        (rf"have{_ASIDE} (?:any|an?|the|such|all|full|sole|exclusive|free|no) {_SOME}{_RIGHT}", _E, _NE),
        (rf"have (?:{_SOME})?(?:access|use|possession|until|(?:days|months|weeks)\b)", _E, _NE),
        (r"have to\b", _O, _NO),
        (
            r"(?:retain|reserve|receive|enjoy|(?:be|become|remain) the (?:sole |exclusive )*owner)\b",
            _E,
            _NE,
        ),
        (r"own\b", _E, _X),
        (r"(?:waive|release|forgo|relinquish|forfeit)\b", _NE, _E),
        (r"(?:only|solely) ", _P, _X),
    )
)
_MAY = frozenset(("may", "can", "cannot", "can't"))
_BY_VERB = {
    **dict.fromkeys(("shall", "must", "will", "should", "won't", "shan't", "mustn't", "agree"), (_O, _X)),
    **dict.fromkeys(_MAY, (_P, _X)),
    "need": (_O, _NO),
}


def behind(verb: str, rest: str, *, negated: bool) -> Modality | None:
    """The modality of ``verb`` (a modal, *be*, *have*, *need*) before ``rest``; None where they make no norm.

    ``rest`` begins behind the modal, its *not* and its adverbs, with *be* or *have* put in the infinitive.
    """
    rows = ((plain, denied) for words, plain, denied in _BEHIND if words.match(rest))
    plain, denied = next(rows, _BY_VERB.get(verb, (None, None)))
    if plain is _E and verb in _MAY and not rest.startswith(("be ", "have ")):
        plain = _P  # *may retain* is a permission, *shall retain* an entitlement
    return denied if negated else plain


# Verbs that make a norm by themselves, when their subject is a party.
PERFORMS: tuple[tuple[re.Pattern[str], Modality], ...] = tuple(
    (re.compile(words), modality)
    for words, modality in (
        (r"(?:waives?|releases?|relinquish(?:es)?|forgoes?|renounces?|forfeits?)\b", _NE),
        (rf"(?:reserves?|retains?) (?:[\w'-]+,? ){{0,5}}?(?:{_RIGHT}|title|ownership|discretion)", _E),
        ((
            r"(?:disclaims?|excludes?|makes? no|gives? no|accepts? no|assumes? no|takes? no|provides? no"
            r"|offers? no)\b"
        ), _NO),
        (r"(?:warrants?|guarantees?)\b", _O),
        ((
            r"(?:indemnif(?:y|ies)|bears?|assumes? (?:all|any|full|the|sole|every)|accepts? (?:all|full"
            r"|sole))\b"
        ), _O),
        ((
            r"(?:grants?|assigns?|transfers?|conveys?|licen[cs]es?|sells?|appoints?|designates?|engages?"
            r"|authori[sz]es?)\b"
        ), _O),
    )
)  # fmt: skip
DECLINES = re.compile(
    r"(?:warrant|guarantee|make|assume|accept|represent|promise|give any|provide any|endorse|have any "
    r"(?:obligation|duty))\b"
)
"""Behind *does not*: what the subject need not answer for."""
