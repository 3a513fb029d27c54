"""How a list is sorted, as an address says it: `sort=name`, or `sort=-name` from the end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Order:
    """The column by which a list is sorted, and whether from its end."""

    key: str
    down: bool = False


def order_from(asked: str, keys: Collection[str], usual: Order) -> Order:
    """What is asked for, if the list can be sorted so; else the usual order.

    >>> order_from("-on", {"name", "on"}, Order(key="name"))
    Order(key='on', down=True)
    >>> order_from("salary", {"name", "on"}, Order(key="name"))
    Order(key='name', down=False)
    """
    key = asked.removeprefix("-")
    return Order(key=key, down=asked.startswith("-")) if key in keys else usual
