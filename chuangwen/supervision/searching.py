"""How 督办单 are found by words."""

from chuangwen.search.sources import Source, from_fields, register
from chuangwen.supervision.models import SupervisionNotice


def register_sources() -> None:
    """Tell the index what the room holds."""
    register(Source("supervision_notice", SupervisionNotice, from_fields("title", "number")))
