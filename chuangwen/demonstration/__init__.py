"""The demonstration district 东区, made of the notice. No room imports this."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Loaded:
    """What `load` did: `fresh` is False when the district was there already."""

    name: str
    fresh: bool


def load() -> Loaded:
    """Make the district in one transaction, unless it exists. Needs Django to be started."""
    from chuangwen.demonstration.district import load_district  # noqa: PLC0415 - needs Django

    return load_district()
