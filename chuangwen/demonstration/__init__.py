"""The demonstration: 东区, made of the notice, and a blank district. Only pages import this."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Loaded:
    """What `load` did: `fresh` is False when the district was there already."""

    name: str
    fresh: bool


def load() -> Loaded:
    """Make 东区 and the blank district, unless they exist. Needs Django to be started."""
    from chuangwen.demonstration.blank import load_blank_district  # noqa: PLC0415 - needs Django
    from chuangwen.demonstration.district import load_district  # noqa: PLC0415 - needs Django

    loaded = load_district()
    load_blank_district()
    return loaded
