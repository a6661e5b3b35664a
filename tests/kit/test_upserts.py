"""What is written by hand is what the fields themselves would have written."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection

from chuangwen.inspection.models import Visit
from chuangwen.kit.upserts import adapters_of
from chuangwen.people.models import Unit

pytestmark = pytest.mark.django_db

MOMENT = datetime.datetime(2021, 5, 1, 8, tzinfo=datetime.UTC)


def test_every_field_has_an_adapter_that_agrees_with_it(tenant):
    above = Unit.objects.create(name="东区", kind="government")
    street = Unit(name="炳草岗街道", kind="street", parent=above, valid_from=MOMENT.date())
    visit = Visit(started_at=MOMENT, sealed_at=MOMENT, longitude=Decimal("101.71873"), passed=True)
    for row in (above, street, visit):
        adapters = adapters_of(type(row), connection.vendor)
        for field, adapt in zip(row._meta.concrete_fields, adapters, strict=True):
            value = getattr(row, field.attname)
            assert adapt(value) == field.get_db_prep_save(value, connection), field
