"""Who gets what at every address: the tables, by room.

A new address needs one line in the table of its room (`people.py`, `plan.py`, …), such as

    "unit-edit": Address(
        "unit",                                   # the kind of object in the path, from world.py
        GET=(answers(200, OFFICE, SYSTEM),),
        POST=(answers(422, OFFICE, SYSTEM),),     # the form is sent empty, unless `send` fills it
    ),

Viewers that no rule names get 403, invisible objects 404; see `rules.py`. A new kind of object
needs its relations in `world.py`. A room without a table makes one and adds it to TABLES.
"""

from tests.access.policy import (
    api,
    cases,
    documents,
    field,
    files,
    framework,
    general,
    inspection,
    notices,
    people,
    plan,
    rounds,
    sites,
    supervision,
    tasks,
)
from tests.access.policy.rules import Address

TABLES = (
    general.TABLE,
    api.TABLE,
    field.TABLE,
    inspection.TABLE,
    people.TABLE,
    plan.TABLE,
    tasks.TABLE,
    framework.TABLE,
    files.TABLE,
    notices.TABLE,
    sites.TABLE,
    rounds.TABLE,
    cases.TABLE,
    documents.TABLE,
    supervision.TABLE,
)
POLICY: dict[str, Address] = {}
for table in TABLES:
    assert POLICY.keys().isdisjoint(table), POLICY.keys() & table.keys()
    POLICY |= table
