"""What a viewer asked of a list, read from the parameters of an address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True)
class Asked:
    """The base of filters: each field is a parameter, at its default when absent or empty."""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """Return what the parameters ask for; others are ignored."""
        names = (field.name for field in fields(cls))
        return cls(**{name: value for name in names if (value := given.get(name, "").strip())})
