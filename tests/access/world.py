"""Two districts with one of everything, so that every address can be asked for every relation.

`kwargs(kind, relation)` gives the path of an object. Relations name the object's place as 李梅,
clerk of 东甲局, sees it: own, child, sibling, closed …; or its state where units do not matter.
"""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.test import Client

from chuangwen.audit.actions import open_chain
from chuangwen.files.models import Upload
from chuangwen.kit import clock
from chuangwen.notices.enums import NoticeKind
from chuangwen.notices.models import Notice
from chuangwen.people.actions.tree import grow
from chuangwen.people.models import Account, LoginAttempt, Membership, Unit, UnitAlias, UnitGroup
from chuangwen.people.roles import Role
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

from .cases import add_cases
from .content import add_framework, add_inspection, add_plan
from .documents import add_papers
from .policy.rules import FOREIGN, FORMER, MISSING, MIXED, STRANGER, WEST, WITHOUT_POST
from .rounds import add_rounds
from .sites import add_sites
from .supervision import add_supervision

Path = dict[str, uuid.UUID]


@dataclass
class District:
    """One district: its units by relation, and the paths of its objects by kind and relation."""

    tenant: Tenant
    mark: str
    units: dict[str, Unit] = field(default_factory=dict)
    paths: dict[str, dict[str, Path]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, kind: str, relation: str, **path: uuid.UUID) -> None:
        self.paths[kind][relation] = path


@dataclass
class World:
    """Both districts and a browser for every viewer."""

    east: District
    west: District
    browsers: dict[str, Client]
    sessions: dict[str, str] = field(default_factory=dict)

    def browser(self, viewer: str) -> Client:
        """Return the viewer's browser with the cookies it had after signing in."""
        browser = self.browsers[viewer]
        if viewer not in self.sessions:
            cookie = browser.cookies.get("sessionid")
            self.sessions[viewer] = cookie.value if cookie else ""
        browser.cookies.clear()
        if self.sessions[viewer]:
            browser.cookies["sessionid"] = self.sessions[viewer]
        return browser

    def relations(self, kind: str) -> list[str]:
        """Return the relations in which objects of a kind stand to the viewers."""
        if not kind:
            return [""]
        several = len(next(iter(self.east.paths[kind].values()))) > 1
        return [*self.east.paths[kind], FOREIGN, *([MIXED] if several else []), MISSING]

    def kwargs(self, kind: str, relation: str) -> Path:
        """Return the path of such an object; MIXED has the first number ours, the others theirs."""
        if not kind:
            return {}
        ours, theirs = (next(iter(one.paths[kind].values())) for one in (self.east, self.west))
        if relation == MISSING:
            return {name: uuid.uuid4() for name in ours}
        if relation == FOREIGN:
            return theirs
        if relation == MIXED:
            first = next(iter(ours))
            return {name: (ours if name == first else theirs)[name] for name in ours}
        return self.east.paths[kind][relation]


def make_world() -> World:
    """Build all of it in the transaction of the caller."""
    east, west = _district("东", "510402"), _district("西", "510403")
    browsers = {STRANGER: Client()}
    for role in Role:
        unit = east.units["own"]
        browsers[role.value] = _browser(_account(east, role.value, role, unit))
    browsers[WITHOUT_POST] = _browser(_account(east, WITHOUT_POST))
    former = _account(east, FORMER, Role.OFFICE, east.units["own"], ended=True)
    browsers[FORMER] = _browser(former)
    browsers[WEST] = _browser(_account(west, WEST, Role.OFFICE, west.units["own"]))
    for district in (east, west):
        _tell(district)
    return World(east, west, browsers)


def _tell(district: District) -> None:
    """A notice to somebody else, a waiting upload and nothing of the viewers themselves."""
    person = Account.objects.get(username=f"person-{district.mark}")
    with tenant_scope(district.tenant.pk):
        notice = Notice.objects.create(
            recipient=person, kind=NoticeKind.URGED, subject=f"{district.mark}区催办", key="1"
        )
    district.add("notice", "another", pk=notice.pk)
    district.add(
        "upload", "another", pk=Upload.across_tenants.filter(tenant=district.tenant).first().pk
    )


def _district(mark: str, code: str) -> District:
    district = District(Tenant.objects.create(name=f"{mark}区", code=code), mark)
    open_chain(tenant_id=district.tenant.pk)
    with tenant_scope(district.tenant.pk):
        _add_people(district)
        add_plan(district)
        add_framework(district)
        add_sites(district)
        add_inspection(district)
        add_rounds(district)
        add_cases(district)
        add_papers(district)
        add_supervision(district)
    return district


def _add_people(district: District) -> None:
    yesterday = clock.today() - datetime.timedelta(days=1)

    def make(relation: str, name: str, **facts: object) -> Unit:
        unit = Unit.objects.create(name=district.mark + name, kind="government", **facts)
        district.units[relation] = unit
        district.add("unit", relation, pk=unit.pk)
        return unit

    own = make("own", "甲局")
    make("child", "甲局中心", parent=own)
    make("sibling", "乙局")
    make("closed", "甲局旧站", parent=own, valid_until=yesterday)
    make("merged", "丙局", valid_until=yesterday, merged_into=own)
    grow()
    alias = UnitAlias.objects.create(unit=own, name=f"{district.mark}区甲局")
    district.add("alias", "own", pk=own.pk, alias=alias.pk)
    group = UnitGroup.objects.create(name=f"{district.mark}区各部门", kinds=["government"])
    district.add("group", "here", pk=group.pk)
    person = _account(district, "person", Role.CLERK, own)
    LoginAttempt.objects.create(key=uuid.uuid4().hex, account=person, last_failed_at=clock.now())
    district.add("account", "own", pk=person.pk)
    disabled = _account(district, "disabled")
    Account.objects.filter(pk=disabled.pk).update(is_active=False)
    district.add("account", "disabled", pk=disabled.pk)
    post = Membership.objects.get(account=person)
    district.add("membership", "open", pk=person.pk, membership=post.pk)
    past = Membership.objects.create(
        account=person, unit=own, role=Role.HEAD, valid_until=yesterday
    )
    district.add("membership", "ended", pk=person.pk, membership=past.pk)


def _account(
    district: District,
    name: str,
    role: Role | None = None,
    unit: Unit | None = None,
    *,
    ended: bool = False,
) -> Account:
    account = Account.objects.create(
        tenant=district.tenant,
        username=f"{name}-{district.mark}",
        name=f"{district.mark}{name}",
        password="!",
        must_change_password=False,
        password_changed_at=clock.now(),
    )
    if role is not None:
        until = clock.today() - datetime.timedelta(days=1) if ended else None
        with tenant_scope(district.tenant.pk):
            Membership.objects.create(account=account, unit=unit, role=role, valid_until=until)
    return account


def _browser(account: Account) -> Client:
    browser = Client()
    browser.force_login(account)
    return browser
