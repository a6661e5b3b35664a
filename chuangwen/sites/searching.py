"""How sites are found by words."""

from chuangwen.search.sources import Source, from_fields, register
from chuangwen.sites.models import Site


def register_sources() -> None:
    """Tell the index what the register holds."""
    register(Source("site", Site, from_fields("name", "code", "address")))
