"""A small register: 王芳 of 创文办 keeps it; 李梅 is clerk of 区城市管理局, 张强 of a street."""

import datetime

import pytest

from chuangwen.framework.enums import SiteShape
from chuangwen.framework.models import SiteType
from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor, Post, make_actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.roles import Role
from chuangwen.sites.actions.editing import create_site
from chuangwen.sites.coordinates import Point
from chuangwen.sites.facts import SiteFacts
from chuangwen.sites.models import Site

DAY = datetime.date(2021, 9, 15)
SQUARE = Point(101.71873, 26.58734)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.CHUANGWEN_TODAY = DAY


def _person(tenant, username, name, role, unit) -> Actor:
    account = Account.objects.create(tenant=tenant, username=username, name=name, password="!")
    Membership.objects.create(account=account, unit=unit, role=role)
    post = Post(role, unit.pk, unit.name)
    return make_actor(tenant_id=tenant.pk, account_id=account.pk, name=name, posts=[post])


@pytest.fixture
def office_unit(tenant, system) -> Unit:
    return create_unit(name="区创文办", kind=UnitKind.COORDINATION, by=system)


@pytest.fixture
def bureau(tenant, system) -> Unit:
    return create_unit(name="区城市管理局", kind=UnitKind.GOVERNMENT, by=system)


@pytest.fixture
def street(tenant, system) -> Unit:
    return create_unit(name="炳草岗街道", kind=UnitKind.STREET, by=system)


@pytest.fixture
def community(tenant, street, system) -> Unit:
    return create_unit(name="湖滨社区", kind=UnitKind.COMMUNITY, parent=street, by=system)


@pytest.fixture
def office(tenant, office_unit) -> Actor:
    return _person(tenant, "wangfang", "王芳", Role.OFFICE, office_unit)


@pytest.fixture
def clerk(tenant, bureau) -> Actor:
    return _person(tenant, "limei", "李梅", Role.CLERK, bureau)


@pytest.fixture
def street_clerk(tenant, street) -> Actor:
    return _person(tenant, "zhangqiang", "张强", Role.CLERK, street)


@pytest.fixture
def inspector(tenant, office_unit) -> Actor:
    return _person(tenant, "liujie", "刘洁", Role.INSPECTOR, office_unit)


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
