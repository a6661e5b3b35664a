"""A small register: 王芳 of 创文办 keeps it; 李梅 is clerk of 区城市管理局, 张强 of a street."""

import datetime

import pytest

from chuangwen.framework.enums import SiteShape
from chuangwen.framework.models import SiteType
from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.roles import Role
from chuangwen.sites.actions.editing import create_site
from chuangwen.sites.coordinates import Point
from chuangwen.sites.facts import SiteFacts
from chuangwen.sites.models import Site
from tests import townspeople
from tests.townspeople import person

DAY = datetime.date(2021, 9, 15)
SQUARE = Point(101.71873, 26.58734)
office_unit, bureau, street = townspeople.office_unit, townspeople.bureau, townspeople.street
office, clerk = townspeople.office, townspeople.clerk


@pytest.fixture(autouse=True)
def _day(settings):
    settings.CHUANGWEN_TODAY = DAY


@pytest.fixture
def community(tenant, street, system) -> Unit:
    return create_unit(name="湖滨社区", kind=UnitKind.COMMUNITY, parent=street, by=system)


@pytest.fixture
def street_clerk(tenant, street) -> Actor:
    return person(tenant, "zhangqiang", "张强", Role.CLERK, street)


@pytest.fixture
def inspector(tenant, office_unit) -> Actor:
    return person(tenant, "liujie", "刘洁", Role.INSPECTOR, office_unit)


@pytest.fixture
def market(tenant) -> SiteType:
    return SiteType.objects.create(code="07", name="农贸市场", shape=SiteShape.PLACE, position=7)


@pytest.fixture
def avenue(tenant) -> SiteType:
    return SiteType.objects.create(code="04", name="主次干道", shape=SiteShape.STREET, position=4)


@pytest.fixture
def hotline(tenant) -> SiteType:
    return SiteType.objects.create(
        code="53", name="政务热线", shape=SiteShape.TELEPHONE, position=53
    )


@pytest.fixture
def new_site(office, market):
    """Enter a market, or what else is said."""

    def make(name="炳草岗农贸市场", *, owner=None, **facts) -> Site:
        given = {"site_type": market, "point": SQUARE, "address": "人民街12号", **facts}
        return create_site(facts=SiteFacts(name=name, **given), owner=owner, by=office)

    return make


@pytest.fixture
def site(new_site, bureau) -> Site:
    return new_site(owner=bureau)
