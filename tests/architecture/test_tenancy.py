"""House rules about rows: a tenant's rows are reached inside its scope only; no key points up."""

import pytest
from django.apps import apps

from chuangwen.people.models import Unit
from chuangwen.tenancy.models import TenantModel
from chuangwen.tenancy.scope import UnscopedAccessError

ROOMS_FROM_THE_GROUND = [
    "tenancy",
    "search",
    "audit",
    "files",
    "people",
    "notices",
    "framework",
    "sites",
    "plan",
    "rectification",
    "documents",
    "supervision",
    "inspection",
]


def test_rows_are_out_of_reach_without_a_scope(db):
    with pytest.raises(UnscopedAccessError):
        Unit.objects.count()


def test_no_foreign_key_points_up_and_keys_between_rooms_leave_no_trace():
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in ROOMS_FROM_THE_GROUND:
            continue
        for field in model._meta.get_fields():
            if not (field.many_to_one or field.one_to_one) or field.auto_created:
                continue
            other = field.related_model._meta.app_label
            height = ROOMS_FROM_THE_GROUND.index
            assert height(other) <= height(room), f"{model.__name__}.{field.name} points up"
            hidden = field.remote_field.hidden
            assert other == room or hidden, f"{model.__name__}.{field.name} needs related_name='+'"


# Tables that are reached without a scope, and why.
OF_NO_SCOPE = {
    "tenancy.Tenant": "the district itself",
    "search.Posting": "its term carries the district; rows are always joined with scoped ones",
    "audit.AuditHead": "one row for each district, read by its key",
    "people.Account": "signing in happens before any district is known; carries its district",
    "people.LoginAttempt": "failures count before anybody is signed in",
    "people.RecoveryCode": "belongs to an account, used while signing in",
    "people.Session": "belongs to a browser, then to an account",
    "operations.Mark": "of the installation, not of a district",
}


def test_every_other_table_is_reached_inside_a_scope_only():
    unscoped = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("chuangwen.") and not issubclass(model, TenantModel)
    }
    assert unscoped == set(OF_NO_SCOPE)
