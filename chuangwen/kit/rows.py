"""Asking for rows so that both databases answer from an index, whatever there is besides."""

from typing import Any, TypeVar

from django.db.models import BooleanField, Func, Model, QuerySet, Subquery
from django.db.models.lookups import IsNull

M = TypeVar("M", bound=Model)


class RowBeyond(Func):
    """`(a, b, id) > (1, 2, 3)`: all at once, which both databases answer from one index."""

    output_field = BooleanField()

    def __init__(self, operator: str, *expressions: Any) -> None:
        self.operator = operator
        super().__init__(*expressions)

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        half = len(parts) // 2
        left, right = (", ".join(sql for sql, _ in side) for side in (parts[:half], parts[half:]))
        parameters = [value for _, values in parts for value in values]
        return f"({left}) {self.operator} ({right})", parameters


def one_by_one(rows: "QuerySet[M]", there: QuerySet[Any]) -> "QuerySet[M]":
    """Keep the rows for which something is there, looked up for each row in the order asked for.

    `there` names one column and refers to the row by OuterRef. Not `Exists`: PostgreSQL would
    turn that into a join and gather all matches before it sorts, for a page of fifty.
    """
    return rows.filter(IsNull(Subquery(there[:1]), False))
