"""王芳 of the 创文办 keeps the register; 李梅 is a clerk who may not."""

import pytest

from chuangwen.kit.ids import new_id
from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor, Post
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.roles import Role


@pytest.fixture
def office_unit(tenant, system) -> Unit:
    return create_unit(name="区创文办", kind=UnitKind.COORDINATION, by=system)


@pytest.fixture
def office(tenant, office_unit) -> Actor:
    return Actor(tenant.pk, new_id(), "王芳", (Post(Role.OFFICE, office_unit.pk, "区创文办"),))


@pytest.fixture
def bureau(tenant, system) -> Unit:
    return create_unit(name="区城市管理局", kind=UnitKind.GOVERNMENT, code="CG", by=system)


@pytest.fixture
def clerk(tenant, bureau) -> Actor:
    return Actor(tenant.pk, new_id(), "李梅", (Post(Role.CLERK, bureau.pk, bureau.name),))
