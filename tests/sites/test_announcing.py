"""The people of a unit hear once that it answers for sites, however many they are."""

import datetime

import pytest

from chuangwen.kit.errors import Invalid
from chuangwen.notices.models import Notice
from chuangwen.people.models import Account, Membership
from chuangwen.people.roles import Role
from chuangwen.sites.actions.duties import Charge, assign_duty
from chuangwen.sites.actions.importing import apply_import, receive_register
from chuangwen.sites.actions.merging import merge_sites
from chuangwen.sites.enums import Datum, ImportState, SiteDutyKind
from chuangwen.sites.models import Site
from tests.sites.conftest import DAY
from tests.sites.workbooks import HEADER, MARKET, workbook

pytestmark = pytest.mark.django_db
OWNER = SiteDutyKind.OWNER


def give(office, unit, *sites, kind=OWNER, first=DAY, holder=""):
    versions = {site.pk: Site.objects.get(pk=site.pk).version for site in sites}
    charge = Charge(kind, unit, first, holder=holder)
    return assign_duty(versions=versions, charge=charge, by=office)


def told(actor) -> list[Notice]:
    return list(Notice.objects.filter(recipient_id=actor.account_id).order_by("created_at", "pk"))


def test_a_new_site_is_told_to_its_unit_and_leads_to_it(office, clerk, new_site, bureau):
    site = new_site(owner=bureau)
    (notice,) = told(clerk)
    assert notice.subject == "本单位任 1 个点位的主管单位：炳草岗农贸市场"
    assert (notice.about_kind, notice.about_id) == ("site", site.pk)
    assert not told(office)


def test_many_at_once_are_one_notice_to_every_person(office, clerk, new_site, bureau, tenant):
    head = Account.objects.create(tenant=tenant, username="juzhang", name="赵刚", password="!")
    Membership.objects.create(account=head, unit=bureau, role=Role.HEAD)
    sites = [new_site(f"第{number}市场") for number in range(5)]
    give(office, bureau, *sites)
    (notice,) = told(clerk)
    assert notice.subject.startswith("本单位任 5 个点位的主管单位：第")
    assert notice.subject.endswith("等 5 个点位")
    assert (notice.about_kind, notice.about_id) == ("unit_sites", bureau.pk)
    assert Notice.objects.filter(recipient=head).count() == 1


def test_only_the_unit_that_gains_something_hears(office, clerk, street_clerk, site, new_site):
    assert len(told(clerk)) == 1
    give(office, street_clerk_unit(street_clerk), site)
    assert (len(told(clerk)), len(told(street_clerk))) == (1, 1)


def test_a_head_of_a_site_and_another_name_are_no_news(office, clerk, site, bureau):
    give(office, bureau, site, kind=SiteDutyKind.SITE_HEAD, holder="张强")
    give(office, bureau, site, holder="李梅", first=DAY + datetime.timedelta(days=1))
    assert len(told(clerk)) == 1


def test_what_begins_later_leads_to_the_list_for_the_site_is_not_open_yet(
    office, street_clerk, site
):
    unit = street_clerk_unit(street_clerk)
    give(office, unit, site, first=DAY + datetime.timedelta(days=3))
    (notice,) = told(street_clerk)
    assert (notice.about_kind, notice.about_id) == ("unit_sites", unit.pk)
    assert notice.body.startswith("自 2021-09-18 起")


def test_there_and_back_on_one_day_is_told_each_time(office, clerk, street_clerk, site, bureau):
    give(office, street_clerk_unit(street_clerk), site)
    give(office, bureau, site)
    assert len(told(clerk)) == 2


def test_a_refused_deed_tells_nobody(office, clerk, site, bureau):
    with pytest.raises(Invalid):
        give(office, bureau, site)
    assert len(told(clerk)) == 1


def test_a_file_tells_each_unit_once_and_the_same_file_nothing(  # noqa: PLR0917 - fixtures
    office, clerk, market, avenue, hotline, bureau, street
):
    names = [dict(zip(HEADER, MARKET, strict=True)) | {"点位编号": f"A{n}", "名称": f"第{n}市场"}
             for n in range(4)]  # fmt: skip
    data = workbook([tuple(row.values()) for row in names])
    for _ in range(2):
        taken = receive_register(name="名录.xlsx", data=data, datum=Datum.WGS84, by=office)
        assert taken.state == ImportState.CHECKED, taken.problems
        apply_import(taken=taken, base_digest=taken.digest, by=office)
    (notice,) = told(clerk)
    assert notice.subject.endswith("等 4 个点位")


def test_a_merger_tells_who_answers_for_the_kept_site(office, clerk, site, new_site):
    keep = new_site("炳草岗市场")
    merge_sites(keep=keep, keep_version=1, other=site, other_version=1, by=office)
    assert [notice.about_id for notice in told(clerk)] == [site.pk, keep.pk]


def street_clerk_unit(actor):
    return Membership.objects.get(account=actor.account_id).unit
