"""Cutting documents into shards: nothing lost, nothing twice, and a change stays where it is."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from trustaudit.cluster.shards import Item, Order, cut
from trustaudit.pipeline import Asked

ORDER = Order(Asked(), "1.0", "rules")
ADDRESSES = st.lists(st.text(min_size=1, max_size=12), unique=True, max_size=60)


def items(addresses: list[str]) -> list[Item]:
    return [Item(address, 10, "mark") for address in addresses]


@given(ADDRESSES, st.integers(1, 10))
def test_every_document_is_in_one_shard_and_in_order(addresses: list[str], size: int) -> None:
    shards = list(cut(items(addresses), ORDER, size))

    assert [item for shard in shards for item in shard.items] == items(addresses)
    assert all(0 < len(shard.items) <= 4 * size for shard in shards)
    assert len({shard.name for shard in shards}) == len(shards)


@given(ADDRESSES.filter(len), st.integers(1, 6), st.data())
def test_a_changed_document_changes_its_own_shard_alone(
    addresses: list[str], size: int, data: st.DataObject
) -> None:
    before = items(addresses)
    at = data.draw(st.integers(0, len(before) - 1))
    after = [replace(item, size=11) if index == at else item for index, item in enumerate(before)]

    old, new = ({shard.name for shard in cut(each, ORDER, size)} for each in (before, after))

    assert len(old - new) == 1


def test_a_new_document_leaves_nearly_all_shards_as_they_were() -> None:
    addresses = [f"contracts/{number:05}.pdf" for number in range(4000)]
    old = {shard.name for shard in cut(items(addresses), ORDER, 50)}
    new = {shard.name for shard in cut(items(sorted([*addresses, "contracts/02000a.pdf"])), ORDER, 50)}

    assert len(old) > 20
    assert len(old - new) <= 2


def test_other_rules_or_settings_give_other_names() -> None:
    orders = [
        ORDER,
        replace(ORDER, rules_sha256="other"),
        replace(ORDER, version="1.1"),
        replace(ORDER, asked=Asked(company=("Acme",))),
    ]

    names = [next(iter(cut(items(["a.pdf"]), order))).name for order in orders]

    assert len(set(names)) == len(names)
