"""Queries that are asked again and again, whose SQL is put together only once.

For the few that every request or every record of a phone asks: putting their SQL together costs
several times what the database needs to answer. See docs/adr/0007-prepared-queries.md.
"""

import datetime
import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

T = TypeVar("T")
Value = uuid.UUID | datetime.date | datetime.datetime | str

MOMENT = datetime.datetime(1971, 3, 1, 1, tzinfo=datetime.UTC)
# Values of a kind by number, each another: what differs between two queries that were made of
# different ones is what is asked for.
SAMPLES: dict[type, Callable[[int], Value]] = {
    uuid.UUID: lambda number: uuid.UUID(int=number),
    datetime.date: lambda number: MOMENT.date() + datetime.timedelta(number),
    datetime.datetime: lambda number: MOMENT + datetime.timedelta(number),
    str: lambda number: f"\N{SECTION SIGN}{number}",
}
# A day or a key that is no parameter would be answered for ever as it was at the first time.
FLEETING = re.compile(r"\d{4}-\d\d-\d\d.*|[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class _Ready:
    """The SQL for one connection. `names`: the parameter at each place, or its constant."""

    queryset: QuerySet[Any, Any]
    compiler: Any
    sql: str
    names: list[str | None]
    constants: list[Any]
    is_locking: bool


class Prepared(Generic[T]):
    """A query of a fixed shape: `build` makes it of parameters of the kinds that are named.

        _BY_NAME = Prepared[Unit](lambda tenant, name: …, tenant=UUID, name=str)
        _BY_NAME.first(tenant=current_tenant_id(), name="区委宣传部")

    `build` may use nothing else that changes: what depends on the day or on the tenant is a
    parameter. No value may be None, which is another query, and none a list.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, T]], **kinds: type[Value]) -> None:
        self._build, self._kinds = build, kinds

    def rows(self, **values: Value) -> list[T]:
        """Ask; return all rows. Raises TransactionManagementError as the query itself would."""
        connection = connections[DEFAULT_DB_ALIAS]
        # Kept at the connection, and gone with it: what was made refers to it.
        known: dict[Prepared[Any], _Ready] = vars(connection).setdefault("_prepared", {})
        ready = known.get(self)
        if ready is None:
            ready = known[self] = self._made(connection)
        if ready.is_locking and not connection.in_atomic_block:
            raise TransactionManagementError("rows are locked inside a transaction only")
        adapted = {name: _adapted(values[name], connection) for name in self._kinds}
        places = zip(ready.names, ready.constants, strict=True)
        parameters = tuple(adapted[name] if name else constant for name, constant in places)
        ready.compiler.as_sql = lambda *_, **__: (ready.sql, parameters)
        found: Iterable[T] = ready.queryset._iterable_class(ready.queryset)  # type: ignore[assignment]
        return list(found)

    def first(self, **values: Value) -> T | None:
        """Ask; return the first row, or None. The query itself says how many it wants."""
        return next(iter(self.rows(**values)), None)

    def plain(self, **values: Value) -> QuerySet[Any, T]:
        """Return the query as it would be asked without being prepared, for tests."""
        return self._build(**values)

    def _made(self, connection: BaseDatabaseWrapper) -> _Ready:
        asked = {
            name: SAMPLES[kind](number) for number, (name, kind) in enumerate(self._kinds.items())
        }
        queryset = self._build(**asked)
        if queryset._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise ValueError("a prepared query is one query: it cannot prefetch")
        compiler = queryset.query.get_compiler(connection=connection)
        sql, constants = compiler.as_sql()
        names: list[str | None] = [None] * len(constants)
        for name, kind in self._kinds.items():
            other = self._build(**{**asked, name: SAMPLES[kind](len(asked))}).query
            _, changed = other.get_compiler(connection=connection).as_sql()
            for place, (one, two) in enumerate(zip(constants, changed, strict=True)):
                if one != two:
                    names[place] = name
        _refuse_fleeting(names, constants)
        queryset.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        locking = bool(queryset.query.select_for_update)
        return _Ready(queryset, compiler, sql, names, list(constants), locking)


def _adapted(value: Value, connection: BaseDatabaseWrapper) -> Any:
    """Return the value as Django's fields hand it to the driver."""
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, str):
        return value
    raise TypeError(f"no kind of parameter of a prepared query: {value!r}")


def _refuse_fleeting(names: list[str | None], constants: list[Any]) -> None:
    for name, constant in zip(names, constants, strict=True):
        if name is None and FLEETING.fullmatch(str(constant)):
            raise ValueError(f"{constant} has to be a parameter of the prepared query")
