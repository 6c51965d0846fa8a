"""Norms: each form of the grammar once, then the labelled sentences, then any text."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from trustaudit.audit import Side
from trustaudit.language.modality import Modality
from trustaudit.language.norms import Norm
from trustaudit.pipeline import norms

O, P, E = Modality.OBLIGATION, Modality.PERMISSION, Modality.ENTITLEMENT  # noqa: E741
X, NO, NE = Modality.PROHIBITION, Modality.NO_OBLIGATION, Modality.NO_ENTITLEMENT
COMPANY, CUSTOMER, BOTH = Side.COMPANY, Side.CUSTOMER, Side.BOTH


def read(text: str) -> set[tuple[Side, Modality]]:
    found = norms(text, company=["Provider"], customer=["Customer"])
    return {(norm.side, norm.modality) for norm in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Customer shall indemnify Provider.", {(CUSTOMER, O), (COMPANY, E)}),
        ("Provider may terminate this Agreement.", {(COMPANY, P)}),
        ("Customer is entitled to a refund.", {(CUSTOMER, E)}),
        ("Customer shall not copy the Software.", {(CUSTOMER, X)}),
        ("Provider shall not be obliged to deliver.", {(COMPANY, NO)}),
        ("Customer has no right to withhold payment.", {(CUSTOMER, NE)}),
        ("Customer waives all claims.", {(CUSTOMER, NE)}),
        ("Provider reserves the right to raise the price.", {(COMPANY, E)}),
        ("Provider shall have no liability for delays.", {(COMPANY, NO)}),
        ("Customer need not give a reason.", {(CUSTOMER, NO)}),
        ("Customer is prohibited from resale.", {(CUSTOMER, X)}),
        ("Customer undertakes not to hire our staff.", {(CUSTOMER, X)}),
        ("This Agreement may be terminated by Provider.", {(COMPANY, P)}),
        ("The fees shall be paid by Customer.", {(CUSTOMER, O)}),
        ("Fees are payable by Customer.", {(CUSTOMER, O)}),
        ("Customer is granted a right to use the Service.", {(CUSTOMER, E)}),
        ("The right to terminate shall vest in Customer.", {(CUSTOMER, E)}),
        ("Provider's liability is limited to one month's fees.", {(COMPANY, NO)}),
        ("Customer's sole remedy is a credit.", {(CUSTOMER, E)}),
        ("Neither party may assign this Agreement.", {(BOTH, X)}),
        ("Neither Provider nor Customer may assign this Agreement.", {(BOTH, X)}),
        ("Neither party shall be liable for indirect loss.", {(BOTH, NO)}),
        ("Neither Provider nor its affiliates shall compete.", {(COMPANY, X)}),
        ("Customer and each of its users shall keep the password secret.", {(CUSTOMER, O)}),
        ("Provider may suspend the Service and shall not be liable.", {(COMPANY, P), (COMPANY, NO)}),
        ("No assignment shall be made by Customer.", {(CUSTOMER, X)}),
        ("In no event shall Provider be liable.", {(COMPANY, NO)}),
        ("Nothing in this section obliges Provider to renew.", {(COMPANY, NO)}),
        ("If Customer shall fail to pay, Provider may suspend the Service.", {(COMPANY, P)}),
        ("The fees that Customer shall pay are listed below.", set()),
        ("Customer acknowledges that the Service has limits.", set()),
        ("The Service may be modified.", set()),
        ("All losses incurred by Customer shall be borne by Provider.", {(COMPANY, O)}),
        ("Provider may, and Customer may not, change the price.", {(COMPANY, P), (CUSTOMER, X)}),
        ("CUSTOMER SHALL NOT RESELL THE SERVICE.", {(CUSTOMER, X)}),
        ("we may , at any time , change the price ( a ) or ( b ) .", {(COMPANY, P)}),
        ("you agree not to sue us .", {(CUSTOMER, X)}),
        ("you don't have to tell us why", {(CUSTOMER, NO)}),
        ("The Service shall not be resold without Provider's consent.", {(CUSTOMER, X)}),
        ("Customer authorises Provider to debit the account.", {(CUSTOMER, O), (COMPANY, P)}),
        ("Provider may recover from Customer all costs.", {(COMPANY, P)}),
        ("Provider is entitled to recover its costs from Customer.", {(COMPANY, E), (CUSTOMER, O)}),
    ],
)
def test_forms(text: str, expected: set[tuple[Side, Modality]]) -> None:
    assert read(text) == expected


def test_an_enumeration_has_the_bearer_of_its_lead_in() -> None:
    text = "Customer shall: (a) pay the fees; (b) not resell the Service; and (c) name a contact."
    found = norms(text, customer=["Customer"])
    assert [(norm.bearer, text[norm.start : norm.start + 3]) for norm in found] == [
        ("Customer", "pay"),
        ("Customer", "not"),
        ("Customer", "nam"),
    ]
    assert [norm.modality for norm in found] == [O, X, O]


def test_a_norm_has_its_words() -> None:
    text = "If payment is late, Provider may suspend the Service upon ten days' notice, unless Customer pays."
    (norm,) = norms(text, company=["Provider"], customer=["Customer"])
    assert (norm.bearer, norm.side, norm.modality, norm.topic) == ("Provider", COMPANY, P, "suspension")
    assert text[slice(*norm.action)].startswith("suspend the Service")
    assert text[norm.start : norm.end].startswith("Provider may suspend")
    assert [text[slice(*span)] for span in norm.conditions] == ["If payment is late", "upon ten days' notice"]
    assert [text[slice(*span)] for span in norm.exceptions] == ["unless Customer pays"]
    assert not norm.negated
    assert norm.source == "active"


def test_the_bearer_is_written_as_in_the_text() -> None:
    (norm,) = norms("The Customer shall pay.", customer=["customer"])
    assert norm.bearer == "Customer"
    (norm,) = norms("Each party shall keep the secret.")
    assert norm.bearer == "Each party"


def test_negation_is_kept() -> None:
    (norm,) = norms("Customer shall not assign this Agreement.", customer=["Customer"])
    assert norm.negated


def test_in_a_whole_document_a_power_of_one_side_is_borne_by_the_other() -> None:
    text = "Provider may end this Agreement at any time. Customer shall read the manual first. " * 40
    found = norms(text, company=["Provider"], customer=["Customer"])
    implied = [norm for norm in found if norm.source == "implied"]
    assert {(norm.side, norm.modality) for norm in implied} == {(CUSTOMER, NE)}
    assert not [norm for norm in norms(text[:50], company=["Provider"]) if norm.source == "implied"]


def _sentences(half: int) -> list[Any]:
    groups = yaml.safe_load(Path(__file__).with_name("norms.yaml").read_text(encoding="utf-8"))
    return [
        pytest.param(group["company"], group["customer"], sentence, id=sentence["text"][:50])
        for group in groups.values()
        for index, sentence in enumerate(group["sentences"])
        if index % 2 == half
    ]


@pytest.mark.parametrize(("company", "customer", "sentence"), _sentences(0))
def test_labelled_sentences(company: list[str], customer: list[str], sentence: dict[str, Any]) -> None:
    found = norms(sentence["text"], company=company, customer=customer)
    for side in (COMPANY, CUSTOMER):
        bears = {norm.modality.value for norm in found if norm.side in {side, BOTH}}
        assert bears == set(sentence.get(side.value, ()))


def test_held_out_sentences_as_a_whole() -> None:
    cases = [case.values for case in _sentences(1)]
    right = 0
    for company, customer, sentence in cases:
        found = norms(sentence["text"], company=company, customer=customer)
        right += all(
            {norm.modality.value for norm in found if norm.side in {side, BOTH}}
            == set(sentence.get(side.value, ()))
            for side in (COMPANY, CUSTOMER)
        )
    assert right >= 0.93 * len(cases)


_WORDS = st.sampled_from(
    [
        "Customer",
        "Provider",
        "shall",
        "may",
        "not",
        "and",
        "or",
        ",",
        ";",
        ".",
        ":",
        "(a)",
        "(b)",
        "if",
        "unless",
        "by",
        "to",
        "of",
        "the",
        "be",
        "liable",
        "pay",
        "either",
        "party",
        "neither",
        "nothing",
        "no",
        "agrees",
        "waives",
        "that",
        "which",
        "entitled",
        "'s",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=60).map(" ".join))
def test_every_norm_points_into_the_text(text: str) -> None:
    found = norms(text, company=["Provider"], customer=["Customer"])
    assert found == norms(text, company=["Provider"], customer=["Customer"])
    assert list(found) == sorted(found, key=lambda norm: (norm.start, norm.end, norm.side, norm.modality))
    for norm in found:
        assert 0 <= norm.start < norm.end <= len(text)
        for span in (norm.action, *norm.conditions, *norm.exceptions):
            assert 0 <= span.start <= span.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    norms(text)


def _seconds(text: str) -> tuple[float, tuple[Norm, ...]]:
    begun = time.process_time()
    found = norms(text, company=["Provider"], customer=["Customer"])
    return time.process_time() - begun, found


@pytest.mark.parametrize(
    "text",
    [
        "Customer shall pay Provider and " * 1_000,
        "The Customer shall, upon notice of Provider, "
        + "deliver goods, services or works, " * 800
        + "and pay.",
        "PROVIDER SHALL NOT BE LIABLE TO CUSTOMER FOR ANY LOSS, AND CUSTOMER WAIVES ALL CLAIMS. " * 600,
        "no liability of Provider " * 2_000,
        "Customer, " * 5_000 + "shall pay",
    ],
    ids=["coordinated", "5,000 words", "capitals", "nouns", "commas"],
)
def test_long_texts_take_little_time(text: str) -> None:
    seconds, _ = _seconds(text)
    assert seconds < 2.0  # alone on its core each takes well under one


def test_directions_of_real_clauses(data_dir: Path) -> None:
    """The labelled clauses, read in their whole contracts with their sides configured: bearers right."""
    contracts = _rows(data_dir / "cuad" / "contracts.jsonl")
    texts = {row["file"]: row["text"] for row in contracts}
    rows = _rows(data_dir / "labels" / "directions.jsonl")
    right = sum(_right(texts[row["file"]], row) for row in rows)
    assert right >= 0.92 * len(rows)


def _right(text: str, row: dict[str, Any]) -> bool:
    quote = re.search(r"\s+".join(map(re.escape, row["quote"].split())), text)
    assert quote is not None
    mutual = row["mutual"]
    company, customer = ([], []) if mutual else ([row["beneficiary"]], [row["bearer"]])
    words = [quote.start() + word.start() for word in re.finditer(r"\S+", quote[0])]
    return any(
        norm.side is (BOTH if mutual else CUSTOMER)
        and sum(norm.start <= at < norm.end for at in words) >= 0.6 * len(words)
        for norm in norms(text, company=company, customer=customer)
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
