"""How cases are found by words."""

from chuangwen.rectification.models import Case
from chuangwen.search.sources import Source, from_fields, register


def register_sources() -> None:
    """Tell the index what the ledger holds."""
    register(Source("case", Case, from_fields("title", "number", "place")))
