"""Trust asked in one paper and given back in another: which, where, and how many stages later."""

from __future__ import annotations

from functools import cache

from tests.journey.planting import PLANTED, planted
from trustaudit import pipeline
from trustaudit.journey.returns import find_returns
from trustaudit.journey_audit import CrossReturn, Staged

SHEET = (
    "# Prototype loan terms\n\nThe Customer shall provide its drawings and specifications to the Provider before the "
    "test begins. The Customer shall return the prototype at the end of the test.\n"
)
CONTRACT = (
    "# Supply agreement\n\nThe Provider shall keep the Customer's drawings and specifications confidential and return "
    "them at the end of the project. The Customer shall pay the price on delivery.\n"
)
MAIL = "Dear Ms Lane, thank you for your visit to our stand. We look forward to the next steps."


def staged(*texts: tuple[str, str, str, str], company: str = "", customer: str = "") -> list[Staged]:
    """Documents of path, stage, kind and text."""
    names = {"company": [company] if company else (), "customer": [customer] if customer else ()}
    out = []
    for order, (path, stage, kind, text) in enumerate(texts):
        audit = pipeline.scan(text.encode(), name=path, kind=kind, **names)  # type: ignore[arg-type]
        out.append(Staged(audit, stage, order, path, kind))
    return out


JOURNEY = (
    ("sheet.md", "sample", "term-sheet", SHEET),
    ("demo.txt", "demo", "message", MAIL),
    ("offer.txt", "proposal", "message", MAIL),
    ("contract.md", "contract", "contract", CONTRACT),
)


def ip(found: tuple[CrossReturn, ...]) -> CrossReturn:
    (one,) = [each for each in found if each.pair == "ip-protection"]
    return one


def test_drawings_asked_with_the_sample_are_protected_three_stages_later() -> None:
    documents = staged(*JOURNEY)
    one = ip(find_returns(documents))
    assert one.asked.document == "sheet.md"
    assert "provide its drawings" in one.asked.quote
    assert one.returned is not None
    assert one.returned.document == "contract.md"
    assert "confidential" in one.returned.quote
    assert one.stages_later == 3
    assert "3 stages later" in one.message
    texts = {each.path: each.audit.document.text for each in documents}
    for passage in (one.asked, one.returned):
        assert texts[passage.document][passage.start : passage.end] == passage.quote


def test_a_name_that_only_the_settings_know_hides_nobody() -> None:
    documents = staged(*JOURNEY, company="Nordpress", customer="Harbour Foods")
    assert ip(find_returns(documents)).stages_later == 3


def test_stages_without_documents_count_where_they_are_named() -> None:
    documents = staged(JOURNEY[0], JOURNEY[3])
    assert ip(find_returns(documents)).stages_later == 1
    stages = ("sample", "demo", "proposal", "contract")
    assert ip(find_returns(documents, stages)).stages_later == 3


def test_what_held_before_it_was_asked_says_so() -> None:
    contract, sheet = (*JOURNEY[3][:1], "negotiation", *JOURNEY[3][2:]), JOURNEY[0]
    one = ip(find_returns(staged(contract, sheet)))
    assert one.stages_later == -1
    assert "1 stage before" in one.message


def test_what_no_paper_gives_back_says_so() -> None:
    one = ip(find_returns(staged(JOURNEY[0], JOURNEY[1])))
    assert one.returned is None
    assert one.stages_later is None
    assert "no paper of the journey gives it back" in one.message


def test_a_paper_that_answers_itself_is_not_told() -> None:
    both = SHEET + "The Provider shall keep the Customer's drawings confidential and return them.\n"
    found = find_returns(staged(("sheet.md", "sample", "term-sheet", both), JOURNEY[3]))
    assert not any(each.pair == "ip-protection" for each in found)


def test_nothing_asked_nothing_told() -> None:
    assert find_returns(()) == ()
    assert find_returns(staged(JOURNEY[1])) == ()


@cache
def machine_maker() -> tuple[CrossReturn, ...]:
    return find_returns(planted(PLANTED / "machine-maker.yaml").documents)


def test_in_a_planted_journey() -> None:
    one = ip(machine_maker())
    assert (one.asked.document, one.asked.stage) == ("prototype-terms.docx", "sample")
    assert one.returned is not None
    assert (one.returned.document, one.returned.stage) == ("supply-agreement.pdf", "contract")
    assert one.returned.page == 1
    assert one.stages_later == 2  # sample, proposal, contract
