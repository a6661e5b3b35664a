"""A column that the database layer keeps right by itself."""

from typing import Any

from django.db import models

from chuangwen.people.naming import name_key


class NameKeyField(models.CharField[str, str]):
    """The comparable form of the row's `name`; unique constraints and look-ups use it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 100, "editable": False, "default": "", **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Compute the key on every save and bulk insert, so that nobody can forget it."""
        key = name_key(model_instance.name)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, key)
        return key
