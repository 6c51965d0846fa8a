"""The names under which public taxonomies know what a rule finds."""

from __future__ import annotations

from trustaudit.ruleset.problems import near

UNFAIR_TOS = frozenset((
    "limitation_of_liability", "unilateral_termination", "unilateral_change", "content_removal",
    "contract_by_using", "choice_of_law", "jurisdiction", "arbitration", "privacy_included",
))  # fmt: skip
"""Categories of the UNFAIR-ToS corpus (Lippi et al. 2019)."""

CUAD = frozenset((
    "Document Name", "Parties", "Agreement Date", "Effective Date", "Expiration Date", "Renewal Term",
    "Notice Period To Terminate Renewal", "Governing Law", "Most Favored Nation", "Non-Compete",
    "Exclusivity", "No-Solicit Of Customers", "Competitive Restriction Exception", "No-Solicit Of Employees",
    "Non-Disparagement", "Termination For Convenience", "Rofr/Rofo/Rofn", "Change Of Control",
    "Anti-Assignment", "Revenue/Profit Sharing", "Price Restrictions", "Minimum Commitment",
    "Volume Restriction", "Ip Ownership Assignment", "Joint Ip Ownership", "License Grant",
    "Non-Transferable License", "Affiliate License-Licensor", "Affiliate License-Licensee",
    "Unlimited/All-You-Can-Eat-License", "Irrevocable Or Perpetual License", "Source Code Escrow",
    "Post-Termination Services", "Audit Rights", "Uncapped Liability", "Cap On Liability",
    "Liquidated Damages", "Warranty Duration", "Insurance", "Covenant Not To Sue", "Third Party Beneficiary",
))  # fmt: skip
"""Categories of CUAD v1 (The Atticus Project 2021)."""

MESSAGE = frozenset((
    "thanks", "greeting-by-name", "purpose-first", "help-offered", "human-contact", "choice", "notice",
    "reason-given", "apology", "remedy", "exit-or-reschedule", "plain-instructions",
    "demand", "condition", "threat", "penalty", "blame", "no-reply", "urgency", "jargon", "no-contact",
))  # fmt: skip
"""What messages do, for and against trust: our own names."""

SCHEMES = {"unfair_tos": UNFAIR_TOS, "cuad": CUAD, "message": MESSAGE}


def unknown_label(scheme: str, label: str) -> str:
    """What is wrong with a label, or empty; ``kind`` and schemes of a user's own may say anything."""
    names = SCHEMES.get(scheme)
    if names is None or label in names:
        return ""
    return f"'{label}' is no name of {scheme}.{near(label, names)}"
