"""Filters over all items of a view, for readings that do not fit on one page of cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem


@dataclass(frozen=True)
class CardFilter:
    """What is asked for; empty lets everything pass. `only` is a kind within a view of several."""

    only: str = ""
    state: str = ""
    change: str = ""
    doubtful: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.only or self.state or self.change or self.doubtful)

    @property
    def query(self) -> str:
        """The filter as the end of an address, with its ampersand; empty when nothing is asked."""
        values = {"only": self.only, "state": self.state, "change": self.change}
        asked = {name: value for name, value in values.items() if value}
        asked |= {"doubtful": "1"} if self.doubtful else {}
        return "&" + urlencode(asked) if asked else ""

    def keep(self, shown: Sequence[ImportItem], items: Sequence[ImportItem]) -> list[ImportItem]:
        """Return what passes of `shown`; `items` are all, to know where the doubts lie."""
        spans = _doubts(items) if self.doubtful else []
        return [
            item
            for item in shown
            if (not self.only or item.kind == self.only)
            and (not self.state or item.state == self.state)
            and (not self.change or item.change == self.change)
            and (not self.doubtful or _is_doubtful(item, spans))
        ]


def filter_of(given: Mapping[str, str]) -> CardFilter:
    """Read a filter from an address or a form; values that are none are left out."""

    def one_of(name: str, values: Sequence[str]) -> str:
        return given.get(name, "") if given.get(name) in values else ""

    return CardFilter(
        only=one_of("only", ItemKind.values),
        state=one_of("state", ItemState.values),
        change=one_of("change", ItemChange.values),
        doubtful=bool(given.get("doubtful")),
    )


def _doubts(items: Sequence[ImportItem]) -> list[tuple[int, int]]:
    return [
        (item.start, item.end)
        for item in items
        if item.kind == ItemKind.ANOMALY and item.start is not None and item.end is not None
    ]


def _is_doubtful(item: ImportItem, spans: Sequence[tuple[int, int]]) -> bool:
    """As the script has it: the item is a doubt, or one lies in its words."""
    if item.kind == ItemKind.ANOMALY:
        return True
    first, last = item.start, item.end
    if first is None or last is None or item.kind == ItemKind.DOCUMENT:
        return False
    return any(start < last and first < end for start, end in spans)
