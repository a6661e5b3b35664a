"""What can be found: each room says for its models what their searched text is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

Texts = Sequence[str]


@dataclass(frozen=True)
class Source:
    """A model that can be found. `texts` gives, for many objects at once, the title first."""

    kind: str
    model: type[Model]
    texts: Callable[[Sequence[Any]], dict[Any, Texts]]


_sources: dict[type[Model], Source] = {}


def register(source: Source) -> None:
    """Make a model findable; called once, when its room starts."""
    _sources[source.model] = source


def source_of(model: type[Model]) -> Source:
    """Return what its room said about the model. Raises KeyError for one that is not findable."""
    return _sources[model]


def all_sources() -> Iterable[Source]:
    """Return everything that can be found."""
    return tuple(_sources.values())


def from_fields(*names: str) -> Callable[[Sequence[Any]], dict[Any, Texts]]:
    """Return a reader for texts that stand in the object itself."""
    return lambda objects: {one.pk: [getattr(one, name) for name in names] for one in objects}
