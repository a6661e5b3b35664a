"""The people of these tests and a small framework. Named as everywhere."""

import pytest

from chuangwen.framework.enums import Level, Standing
from chuangwen.framework.models import Framework, FrameworkVersion, Node, Standard
from chuangwen.people.actors import Actor, Post, make_actor
from chuangwen.people.models import Account, Unit, UnitAncestry
from chuangwen.people.roles import Role
from chuangwen.tenancy.models import Tenant


def _unit(name: str, kind: str = "government") -> Unit:
    unit = Unit.objects.create(name=name, kind=kind)
    UnitAncestry.objects.create(ancestor=unit, descendant=unit, depth=0)
    return unit


def _person(tenant: Tenant, username: str, name: str, role: Role, unit: Unit) -> Actor:
    account = Account.objects.create(tenant=tenant, username=username, name=name, password="!")
    post = Post(role=role, unit_id=unit.pk, unit_name=unit.name)
    return make_actor(tenant_id=tenant.pk, account_id=account.pk, name=name, posts=[post])


@pytest.fixture
def office(tenant: Tenant) -> Unit:
    return _unit("区创文办", "coordination")


@pytest.fixture
def reform(tenant: Tenant) -> Unit:
    return _unit("区发改局")


@pytest.fixture
def justice(tenant: Tenant) -> Unit:
    return _unit("区司法局")


@pytest.fixture
def wang_fang(tenant: Tenant, office: Unit) -> Actor:
    """Reviews for 创文办."""
    return _person(tenant, "wangfang", "王芳", Role.OFFICE, office)


@pytest.fixture
def li_mei(tenant: Tenant, reform: Unit) -> Actor:
    """Clerk of 区发改局."""
    return _person(tenant, "limei", "李梅", Role.CLERK, reform)


@pytest.fixture
def zhao_min(tenant: Tenant, office: Unit) -> Actor:
    """System administrator: keeps the server, sees no business content."""
    return _person(tenant, "zhaomin", "赵敏", Role.SYSTEM_ADMINISTRATOR, office)


@pytest.fixture
def draft(tenant: Tenant) -> FrameworkVersion:
    """A draft with one standard under Ⅰ→Ⅱ→Ⅲ."""
    framework = Framework.objects.create(name="东区测评体系", standing=Standing.LOCAL)
    version = FrameworkVersion.objects.create(framework=framework, number=1, label="2021年版")
    parent = None
    for level, code, title in (
        (Level.PROJECT, "1", "公平正义的法治环境"),
        (Level.INDICATOR, "1.1", "法治宣传教育"),
        (Level.CONTENT, "1.1.1", "法治宣传"),
    ):
        parent = Node.objects.create(
            framework_version=version,
            parent=parent,
            level=level,
            code=code,
            title=title,
            position=0,
        )
    Standard.objects.create(
        framework_version=version, node=parent, code="1", text="加强法治宣传教育", position=0
    )
    return version
