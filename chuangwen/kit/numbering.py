"""Numbers without gaps, such as 整改〔2021〕12号: one row for each series is the lock."""

from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


def take_serials(model: type[M], count: int = 1, **series: Any) -> range:
    """Return the next `count` numbers of a series, such as that of a year; they are gone for good
    when the transaction ends well, and free again when it does not.

    The rows of `model` have the columns of the series, unique together, and `last`. Three
    statements; who asks second waits until the first is done.
    """
    rows: Any = model._default_manager
    rows.bulk_create([model(**series)], ignore_conflicts=True)
    counter = rows.select_for_update().get(**series)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return range(first, counter.last + 1)
