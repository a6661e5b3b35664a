"""Rows beyond a given row in an order of several columns, as a condition that an index serves."""

import base64
import datetime
import json
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, GeneratedField, Model, Q, QuerySet, Value
from django.db.models.expressions import BaseExpression, OrderBy

from chuangwen.kit.rows import RowBeyond

M = TypeVar("M", bound=Model)
Cursor = list[Any]
LONGEST_CURSOR = 2000


@dataclass(frozen=True)
class Key:
    """One column of an order. `column` is where a row carries the value."""

    path: str
    column: str
    field: "Field[Any, Any]"
    nullable: bool
    descending: bool
    nulls_last: bool

    def order(self) -> OrderBy:
        """Return the expression for order_by; where NULLs stand is said only if there can be any,
        for an index need not match what is not said."""
        if not self.nullable:
            return F(self.path).desc() if self.descending else F(self.path).asc()
        where = {"nulls_last": True} if self.nulls_last else {"nulls_first": True}
        return F(self.path).desc(**where) if self.descending else F(self.path).asc(**where)

    def turned(self) -> "Key":
        """Return the same column from the other end."""
        return replace(self, descending=not self.descending, nulls_last=not self.nulls_last)

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True} if value is None else {self.path: value})

    def later(self, value: Any) -> Q | None:
        """Return the condition for rows strictly beyond `value`; None when there can be none."""
        if value is None:
            return None if self.nulls_last else Q(**{f"{self.path}__isnull": False})
        beyond = Q(**{f"{self.path}__{'lt' if self.descending else 'gt'}": value})
        if self.nullable and self.nulls_last:
            beyond |= Q(**{f"{self.path}__isnull": True})
        return beyond


def keys_of(rows: "QuerySet[M]") -> list[Key]:
    """Return the columns by which the rows are ordered, ending with the key.

    Raises TypeError for an order that no row carries: annotate the expression first.
    """
    terms = list(rows.query.order_by) or list(rows.model._meta.ordering or ())
    keys = [_key(rows, term, number) for number, term in enumerate(terms)]
    if not any(key.field.primary_key and "__" not in key.path for key in keys):
        keys.append(_key(rows, "-pk" if keys and keys[-1].descending else "pk", len(keys)))
    return keys


def with_key_columns(rows: "QuerySet[M]", keys: list[Key]) -> "QuerySet[M]":
    """Let every row carry the columns of other tables by which it is ordered."""
    far = {key.column: F(key.path) for key in keys if key.column != key.path and "__" in key.path}
    return rows.annotate(**far) if far else rows


def beyond(keys: list[Key], cursor: Cursor) -> Any:
    """Return the condition for the rows after the cursor in the order of `keys`."""
    ways = {key.descending for key in keys}
    if len(ways) == 1 and len(keys) > 1 and not any(key.nullable for key in keys):
        values = [Value(value, key.field) for key, value in zip(keys, cursor, strict=True)]
        operator = "<" if keys[0].descending else ">"
        return RowBeyond(operator, *(F(key.path) for key in keys), *values)
    any_of, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, cursor, strict=True):
        later = key.later(value)
        if later is not None:
            any_of |= same & later
        same &= key.same(value)
    first, value = keys[0], cursor[0]
    # Said once more for the first column alone, so that an index can start there.
    bound = first.later(value)
    return any_of & (first.same(value) if bound is None else first.same(value) | bound)


def cursor_of(row: Model, keys: list[Key]) -> str:
    """Return what an address carries to go on from `row`."""
    values = [_text(getattr(row, key.column)) for key in keys]
    raw = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read_cursor(raw: str, keys: list[Key]) -> Cursor | None:
    """Read it back; None when there is none, or none of this order: then the list begins anew."""
    if not raw or len(raw) > LONGEST_CURSOR:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
        if not isinstance(values, list) or len(values) != len(keys):
            return None
        return [_value(key, value) for key, value in zip(keys, values, strict=True)]
    except (ValueError, ValidationError, OverflowError, RecursionError):
        return None


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _value(key: Key, value: Any) -> Any:
    if value is None:
        if not key.nullable:
            raise ValueError("no such row")
        return None
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("no such row")
    value.encode()  # half a surrogate pair is no text: ValueError
    found = key.field.to_python(value)
    key.field.run_validators(found)  # a number larger than the column
    if isinstance(found, datetime.datetime):
        found.astimezone(datetime.UTC)  # a moment before or after time: OverflowError
    return found


def _key(rows: "QuerySet[M]", term: Any, number: int) -> Key:
    """Read one term of an order: `name`, `-name`, `other__name`, F(…).asc(nulls_last=True)."""
    descending, nulls_last = False, None
    if isinstance(term, OrderBy):
        descending = term.descending
        nulls_last = True if term.nulls_last else False if term.nulls_first else None
        term = term.expression
    if isinstance(term, F):
        term = term.name  # type: ignore[attr-defined]
    if not isinstance(term, str) or term == "?":
        raise TypeError(f"cannot page by {term!r}: annotate the expression and order by its name")
    descending ^= term.startswith("-")
    path = term.removeprefix("-")
    path, field, nullable = _resolve(rows, path)
    last = (not descending) if nulls_last is None else nulls_last
    column = path if "__" not in path else f"key_{number}"
    return Key(path, column, field, nullable, descending, last)


def _resolve(rows: "QuerySet[M]", path: str) -> tuple[str, "Field[Any, Any]", bool]:
    """Return the full path of a column, its field, and whether it can be NULL."""
    annotated = rows.query.annotations.get(path)
    if isinstance(annotated, BaseExpression):
        return path, annotated.output_field, True
    model: Any = rows.model
    nullable, names = False, []
    field: Any = None
    for name in path.split("__"):
        try:
            field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        except (FieldDoesNotExist, AttributeError) as error:
            raise TypeError(f"cannot page by {path!r}: no such column") from error
        nullable = nullable or bool(field.null)
        is_key = field.is_relation and name == field.attname  # `unit_id`: a column of this table
        names.append(field.attname if is_key else field.name)
        model, field = field.related_model, field.target_field if is_key else field
    if isinstance(field, GeneratedField):  # which itself takes any text for its value
        field = field.output_field
    if field.is_relation:
        raise TypeError(f"cannot page by {path!r}: name a column of it, or {path}_id")
    return "__".join(names), field, nullable
