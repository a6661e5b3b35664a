"""People whom the pages of several rooms know."""

import pytest

from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import Role
from tests.web.signing import sign_in


@pytest.fixture
def reform(system):
    return create_unit(name="区发改局", kind=UnitKind.GOVERNMENT, by=system)


@pytest.fixture
def li_mei(tenant, reform):
    """Clerk of 区发改局."""
    return sign_in(tenant, "limei", reform, Role.CLERK)


@pytest.fixture
def sun_li(tenant, system):
    """Clerk of 区司法局."""
    unit = create_unit(name="区司法局", kind=UnitKind.GOVERNMENT, by=system)
    return sign_in(tenant, "sunli", unit, Role.CLERK)
