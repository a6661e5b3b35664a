"""Rows written by hand are the rows that the models would have written."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from chuangwen.inspection.models import Visit
from chuangwen.kit.adapting import adapters_of
from chuangwen.kit.ids import new_id
from chuangwen.kit.inserts import insert_rows
from chuangwen.people.models import Unit

pytestmark = pytest.mark.django_db

NAMES = ("id", "tenant", "name", "key", "kind", "code", "version")


def row_of(tenant, key, name):
    """A street as a row in the order of NAMES."""
    return (key, tenant.pk, name, name, "street", "", 1)


def written_by_django(model, values):
    """What the fields themselves hand to the driver."""
    fields = [model._meta.get_field(name) for name in values]
    return [
        field.get_db_prep_save(value, connection)
        for field, value in zip(fields, values.values(), strict=True)
    ]


def test_values_are_written_as_the_fields_write_them(tenant):
    values = {
        "id": new_id(),
        "tenant": tenant.pk,
        "name": "炳草岗街道",
        "kind": "street",
        "parent": None,
        "valid_from": datetime.date(2021, 5, 1),
    }
    adapters = adapters_of(Unit, tuple(values))
    adapted = [adapt(one) for adapt, one in zip(adapters, values.values(), strict=True)]
    assert adapted == written_by_django(Unit, values)


def test_all_fields_of_a_model_have_an_adapter_that_agrees_with_them(tenant):
    unit = Unit.objects.create(name="区委宣传部", kind="party")
    moment = datetime.datetime(2021, 5, 1, 8, tzinfo=datetime.UTC)
    visit = Visit(started_at=moment, sealed_at=moment, longitude=Decimal("101.71873"), passed=True)
    for row in (unit, visit):
        fields = row._meta.concrete_fields
        adapters = adapters_of(type(row))
        for field, adapt in zip(fields, adapters, strict=True):
            value = getattr(row, field.attname)
            assert adapt(value) == field.get_db_prep_save(value, connection), field


def test_many_rows_come_in_as_few_statements_as_the_database_allows(
    tenant, django_assert_num_queries
):
    rows = [row_of(tenant, new_id(), f"街道{n}") for n in range(5_000)]
    with django_assert_num_queries(2):
        insert_rows(Unit, NAMES, rows)
    assert Unit.objects.filter(name__startswith="街道").count() == 5_000
    with django_assert_num_queries(0):
        insert_rows(Unit, NAMES, [])


def test_a_row_that_the_database_refuses_is_refused(tenant):
    key = uuid.UUID(int=5)
    row = row_of(tenant, key, "学府路街道")
    with pytest.raises(IntegrityError):
        insert_rows(Unit, NAMES, [row, row])
