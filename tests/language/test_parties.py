"""Who is who: names, sides, and the traps seen on real paper."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustaudit.audit import Kind, Side
from trustaudit.language.parties import Sides, find_sides

COMPANY, CUSTOMER, BOTH, UNKNOWN = Side.COMPANY, Side.CUSTOMER, Side.BOTH, Side.UNKNOWN


def side(sides: Sides, name: str) -> Side | None:
    return dict(sides.names).get(name)


DEFINED = """SERVICES AGREEMENT
This Agreement is made between Alpine Tools Inc., a Delaware corporation with its principal office at 1 Main Road
("Alpine"), and Brook Foods Ltd., hereinafter referred to as the "Buyer".
1. Alpine shall deliver the Machines. 2. Buyer shall pay the price. Alpine may stop work when Buyer is late.
"""


def test_definitions_give_all_names_of_a_party() -> None:
    sides = find_sides(DEFINED * 3)
    assert {side(sides, "alpine"), side(sides, "alpine tools inc."), side(sides, "alpine tools inc")} == {
        COMPANY
    }
    assert {side(sides, "buyer"), side(sides, "brook foods ltd.")} == {CUSTOMER}
    assert sides.company[0] == "Alpine"
    assert any("Buyer" in line and "customer" in line for line in sides.evidence)


@pytest.mark.parametrize(
    ("text", "company", "customer"),
    [
        ("Provider shall invoice the Company, and the Company shall pay Provider.", "provider", "company"),
        ("Company engages Consultant, and Consultant shall report to Company.", "company", "consultant"),
        ("Consultant shall deliver the study to Client; Client shall pay the fee.", "consultant", "client"),
        ("The landlord may enter if the tenant is away.", "landlord", "tenant"),
        ("The Employer may dismiss the Employee.", "employer", "employee"),
        ("Lender lends the prototype; Borrower shall return it.", "lender", "borrower"),
        ("Franchisor licenses the marks and Franchisee shall pay a royalty.", "franchisor", "franchisee"),
        ("The Owner shall let the boat to the Hirer.", "owner", "hirer"),
        (
            "Supplier appoints Distributor, and Distributor shall not sell elsewhere.",
            "supplier",
            "distributor",
        ),
        ("The Bank may call the loan and the Borrower shall repay it.", "bank", "borrower"),
    ],
)
def test_role_words(text: str, company: str, customer: str) -> None:
    sides = find_sides(text)
    assert (side(sides, company), side(sides, customer)) == (COMPANY, CUSTOMER)


def test_configuration_comes_before_every_role() -> None:
    sides = find_sides("The Provider shall serve the Customer.", company=["Customer"], customer=["Provider"])
    assert (side(sides, "customer"), side(sides, "provider")) == (COMPANY, CUSTOMER)


def test_one_configured_name_decides_the_other() -> None:
    text = DEFINED * 3
    assert side(find_sides(text, company=["Brook Foods"]), "alpine") is CUSTOMER
    assert side(find_sides(text, customer=["Alpine"]), "buyer") is COMPANY


def test_a_configured_name_is_found_in_lower_case() -> None:
    assert side(find_sides("airbnb may suspend your account .", company=["Airbnb"]), "airbnb") is COMPANY


def test_consumer_terms_name_their_provider() -> None:
    text = (
        "Birdsong Terms of Service\nWelcome to Birdsong! These terms are between you and Birdsong.\n"
        + "You may use the app as long as you follow the rules. Birdsong may end your account. We own the app.\n"
        * 20
    )
    sides = find_sides(text)
    assert side(sides, "birdsong") is COMPANY
    assert (sides.we, sides.you) == (COMPANY, CUSTOMER)
    assert "you" in sides.customer
    assert side(sides, "users") in {None, CUSTOMER}
    assert side(sides, "app") is None


def test_we_and_you_follow_the_configuration() -> None:
    sides = find_sides("We shall pay you when you deliver.", company=["you"], customer=["we"])
    assert (sides.we, sides.you) == (CUSTOMER, COMPANY)


def test_groups_are_both_sides_and_denied_groups_neither() -> None:
    sides = find_sides("Either party may leave; neither party may stay.")
    assert side(sides, "either party") is BOTH
    assert side(sides, "neither party") is Side.NEITHER


def test_roles_held_in_turn_are_both_unless_pinned() -> None:
    mutual = find_sides("The Receiving Party shall keep the secrets of the Disclosing Party.")
    assert side(mutual, "receiving party") is BOTH
    pinned = find_sides(
        'Between Oak Labs Inc. ("Disclosing Party") and Elm Parts Ltd. ("Receiving Party"). '
        "Receiving Party shall keep secrets. Disclosing Party may ask for their return.",
        company=["Oak Labs"],
    )
    assert side(pinned, "disclosing party") is COMPANY
    assert side(pinned, "receiving party") is CUSTOMER


def test_third_parties_affiliates_and_common_nouns_are_no_parties() -> None:
    sides = find_sides(
        DEFINED * 3 + "A third party or an affiliate of other companies may inspect company policy."
    )
    for word in ("third party", "affiliate", "affiliates", "company", "agreement", "machines"):
        assert side(sides, word) is None


def test_role_words_of_a_document_need_their_capital_when_it_writes_them_so() -> None:
    text = (
        "Between Fir Ltd. (the “Company”) and Mr. Ash (the “Consultant”). The Company shall pay the Consultant. "
        * 3
    )
    assert {"company", "consultant"} <= find_sides(text).cased


def test_deeds_decide_between_names_without_roles() -> None:
    text = (
        'Agreement between Quartz Inc. ("Quartz") and Nimbus Ltd. ("Nimbus"). Nimbus desires to purchase lamps. '
        "Quartz shall deliver the lamps to Nimbus. Nimbus shall pay Quartz within thirty days. "
        "Quartz warrants the lamps. Nimbus shall order monthly. Quartz shall repair defective lamps. "
    )
    sides = find_sides(text * 4)
    assert (side(sides, "quartz"), side(sides, "nimbus")) == (COMPANY, CUSTOMER)


def test_unknown_is_an_answer() -> None:
    text = (
        'Agreement between Quartz Inc. ("Quartz") and Nimbus Ltd. ("Nimbus"). Quartz and Nimbus will meet. '
        * 20
    )
    sides = find_sides(text)
    assert (side(sides, "quartz"), side(sides, "nimbus")) == (UNKNOWN, UNKNOWN)
    assert sides.company == sides.customer == ()


def test_three_parties_leave_the_middle_one_unknown_or_sided_but_never_lost() -> None:
    text = (
        'Between Ore Bank ("Lender"), Pit Ltd. ("Borrower") and Rock Ltd. ("Agent"). '
        "Lender may lend. Borrower shall repay. Agent shall pass on notices. " * 5
    )
    sides = find_sides(text)
    assert (side(sides, "lender"), side(sides, "borrower")) == (COMPANY, CUSTOMER)
    assert side(sides, "agent") is not None


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "Hello.", "(((", '"" ("")', "Le vendeur doit livrer la marchandise."]
)
def test_texts_without_parties(text: str) -> None:
    sides = find_sides(text)
    assert sides.company == sides.customer == ()


def test_both_sides_called_company_do_not_crash() -> None:
    text = (
        'Between A Tools Inc. ("Company") and B Foods Inc. ("Company"). The Company shall pay the Company. '
        * 5
    )
    assert side(find_sides(text), "company") is not None


def test_messages_have_no_defined_parties() -> None:
    assert find_sides("Hi Ann, your order is on its way.", Kind.MESSAGE).company in {(), ("we",)}


def test_names_are_lower_case_longest_first_and_unique() -> None:
    names = [name for name, _ in find_sides(DEFINED * 3).names]
    assert names == sorted(names, key=lambda name: (-len(name), name))
    assert len(names) == len(set(names))
    assert all(name == name.lower() for name in names)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_sides(text: str) -> None:
    assert find_sides(text) == find_sides(text)


def test_three_thousand_definitions_take_less_than_a_second() -> None:
    text = 'Between Acme Inc. ("Acme") and Bolt Ltd. ("Bolt"). Acme shall sell. Bolt shall pay. ' + " ".join(
        f'Item {number} of Thing{number} Inc., a company located at 1 Road ("Thing{number}").'
        for number in range(3000)
    )
    begun = time.process_time()
    sides = find_sides(text)
    assert time.process_time() - begun < 1.0
    assert side(sides, "acme") is not None


def test_labelled_contracts_have_both_sides_right(data_dir: Path) -> None:
    """Of the labelled text documents nearly all get both sides, without configuration."""
    lines = (data_dir / "labels" / "contracts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    documents = [
        row for row in rows if row["type"] == "document" and row["document"].endswith((".md", ".txt"))
    ]
    right = 0
    for row in documents:
        sides = find_sides((data_dir / row["document"]).read_text(encoding="utf-8"))
        found = [{name.lower() for name in names} for names in (sides.company, sides.customer)]
        wanted = [{name.lower() for name in row[key]} for key in ("company", "customer")]
        right += all(got & gold for got, gold in zip(found, wanted, strict=True))
    assert right >= len(documents) - 1


@pytest.mark.parametrize(
    ("text", "company", "customer"),
    [
        (
            "Brightlake agrees to indemnify, defend and hold Orrin harmless from all claims.",
            "Brightlake",
            "Orrin",
        ),
        ("Norwick shall have no liability to Tallow for lost profits.", "Norwick", "Tallow"),
        ("Supplier shall indemnify and hold CORVANE harmless from all losses.", "Supplier", "CORVANE"),
    ],
)
def test_a_passage_that_only_names_its_parties_has_sides(text: str, company: str, customer: str) -> None:
    sides = find_sides(text)

    assert (sides.company, sides.customer) == ((company,), (customer,))


@pytest.mark.parametrize(
    "text",
    [
        "Brightlake shall indemnify Orrin. Orrin shall indemnify Brightlake.",  # both promise
        "This Agreement shall terminate. Licensed Products shall be returned.",
        "IN NO EVENT SHALL ANY PARTY BE LIABLE TO THE OTHER PARTY FOR LOST PROFITS.",
    ],
)
def test_names_that_do_not_tell_a_side_have_none(text: str) -> None:
    sides = find_sides(text)

    assert (sides.company, sides.customer) == ((), ())


def test_just_anybody_and_the_end_of_a_name_are_no_party() -> None:
    sides = find_sides("Bellweather Corporation shall indemnify Dunmore for a customer's use of the goods.")

    assert (sides.company, sides.customer) == (("Bellweather Corporation",), ("Dunmore",))
