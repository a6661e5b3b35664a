"""A clerk with files, and a row of a room above to attach them to."""

import pytest

from chuangwen.files import owners
from chuangwen.files.owners import OwnerKind
from chuangwen.kit.ids import new_id
from chuangwen.people.actors import Actor, Post
from chuangwen.people.models import Unit
from chuangwen.people.roles import Role


def clerk_of(unit: Unit, name: str = "李梅") -> Actor:
    return Actor(unit.tenant_id, new_id(), name, (Post(Role.CLERK, unit.pk, unit.name),))


@pytest.fixture
def unit(tenant) -> Unit:
    return Unit.objects.create(name="区发改局", kind="government")


@pytest.fixture
def li_mei(unit) -> Actor:
    return clerk_of(unit)


@pytest.fixture
def sun_li(tenant) -> Actor:
    return clerk_of(Unit.objects.create(name="区司法局", kind="government"), "孙丽")


@pytest.fixture
def folder(monkeypatch) -> OwnerKind:
    """Units stand for rows that have files: visible to their own members."""
    kind = OwnerKind(
        name="test.unit",
        label="单位",
        visible=lambda actor: Unit.objects.filter(pk__in=actor.unit_ids),
        sees_originals=lambda actor, row: row.pk in actor.unit_ids,
        may_remove=lambda actor, row: row.name != "区委办",
    )
    monkeypatch.setattr(owners, "_kinds", {kind.name: kind})
    return kind
