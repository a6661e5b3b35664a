"""A round made larger by the database itself: every row of it again, under numbers of its own."""

from django.db import connection, models

from chuangwen.inspection.models import Answer, FieldRecord, ResultTally, Round, RoundSite, Visit
from chuangwen.inspection.tallies import NUMBERS
from chuangwen.sites.models import Site

MARK = "0000"  # how the numbers of copies begin; those of our time begin otherwise
OF_ROUND = "SELECT {0} FROM inspection_visit WHERE round_id = %s AND {1} NOT LIKE '0000%%'"
RENUMBERED = {
    Site: ("id",),
    RoundSite: ("id", "site_id"),
    FieldRecord: ("id",),
    Visit: ("id", "record_id", "round_site_id", "site_id"),
    Answer: ("id", "visit_id"),
}
# By which column a row belongs to a visit, and to which column of the visit.
BY = {Site: "site_id", RoundSite: "round_site_id", FieldRecord: "record_id", Visit: "id"}


def multiply(within: Round, times: int) -> None:
    """Make a round `times` as large, its counts with it. The first of its rows are the pattern."""
    for number in range(1, times):
        for model, renumbered in RENUMBERED.items():
            _copy(within, model, renumbered, f"{MARK}{number:04x}")
    counts = {name: models.F(name) * times for name in NUMBERS}
    ResultTally.objects.filter(round=within).update(**counts)


def _copy(within: Round, model: type[models.Model], renumbered: tuple[str, ...], mark: str) -> None:
    columns = [str(one.column) for one in model._meta.concrete_fields if not one.generated]
    values = [_value(column, column in renumbered, mark) for column in columns]
    key = BY.get(model, "id")
    source = OF_ROUND.format(key, _text("id"))
    belongs = "visit_id" if model is Answer else "id"
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table}"
            f" WHERE {belongs} IN ({source})",
            [within._meta.pk.get_db_prep_value(within.pk, connection)],
        )


def _value(column: str, is_renumbered: bool, mark: str) -> str:
    quoted = f'"{column}"'
    if column == "code":
        return f"'{mark[4:]}' || {quoted}"
    if not is_renumbered:
        return quoted
    other = f"'{mark}' || substr({_text(quoted)}, 9)"
    return f"({other})::uuid" if connection.vendor == "postgresql" else other


def _text(column: str) -> str:
    return f"{column}::text" if connection.vendor == "postgresql" else column
