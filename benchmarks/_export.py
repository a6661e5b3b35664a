"""What an export is compared with: its query sent by the driver, and a writer with the rows."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import xlsxwriter

AT_ONCE = 2_000
# The columns of an export of answers, as one query has them.
FIELDS = (
    "visit__site__code",
    "visit__site__name",
    "visit__round_site__site_type__name",
    "visit__round_site__unit__name",
    "visit__round_site__area__name",
    "visit__state",
    "visit__account__name",
    "visit__sealed_at",
    "line__code",
    "line__text",
    "outcome",
    "values",
    "note",
)


def bare_query(rows: Any) -> Callable[[Callable[[Sequence[Any]], object]], None]:
    """Return what sends the statement of a queryset by the driver and hands each row on."""
    from django.db import connection  # noqa: PLC0415 - needs Django started

    sql, params = rows.query.sql_with_params()

    def read(take: Callable[[Sequence[Any]], object]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            while found := cursor.fetchmany(AT_ONCE):
                for row in found:
                    take(row)

    return read


def bare_write(rows: Iterable[Sequence[Any]], header: Sequence[str]) -> None:
    """Write an .xlsx as the library does it, without a format."""
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, header)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)
    book.close()


def bare_csv(rows: Iterable[Sequence[Any]]) -> None:
    """Write a CSV file as the library does it."""
    writer = csv.writer(io.StringIO())
    for row in rows:
        writer.writerow(row)
