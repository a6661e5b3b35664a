"""A site closes, comes back, is a 示范点位, is merged; works, money and photos."""

import datetime
import uuid
from decimal import Decimal

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.files.actions.uploads import upload_file
from chuangwen.files.owners import owner_kind
from chuangwen.files.queries import attachments_of
from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted, StaleEdit
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.sites.actions.merging import merge_sites
from chuangwen.sites.actions.states import close_sites, mark_demonstration, reopen_site
from chuangwen.sites.actions.works import KIND, Work, add_photos, correct_work, record_work
from chuangwen.sites.enums import Difficulty, SiteDutyKind, SiteState
from chuangwen.sites.models import Site
from chuangwen.sites.queries import visible_sites
from tests.files import samples
from tests.sites.conftest import DAY, SQUARE

pytestmark = pytest.mark.django_db
WORK = Work("改造公厕", DAY, Difficulty.HARD, Decimal("120000.5"))


def merge(keep, other, by):
    return merge_sites(
        keep=keep, keep_version=keep.version, other=other, other_version=other.version, by=by
    )


def test_closing_and_reopening_keep_the_file(site, office):
    (closed,) = close_sites(versions={site.pk: 1}, reason="拆迁", by=office)
    stored = Site.objects.get()
    assert (stored.state, stored.closed_on, stored.version) == (SiteState.CLOSED, DAY, 2)
    assert site.duties.get().valid_until is None
    with pytest.raises(IllegalTransition, match="不能停用"):
        close_sites(versions={site.pk: 2}, reason="再来", by=office)
    back = reopen_site(site=closed, base_version=2, reason="恢复营业", by=office)
    assert (back.state, back.closed_on) == (SiteState.OPEN, None)


@pytest.mark.parametrize("versions", [{}, {uuid.uuid4(): 1}])
def test_what_is_not_there_is_not_closed(versions, site, office):
    with pytest.raises((Invalid, StaleEdit)):
        close_sites(versions=versions, reason="拆迁", by=office)


def test_a_reason_is_needed(site, office):
    with pytest.raises(Invalid, match="原因"):
        close_sites(versions={site.pk: 1}, reason=" ", by=office)


def test_marks_are_set_where_they_change(site, new_site, office):
    other = new_site("另一个")
    versions = {site.pk: 1, other.pk: 1}
    assert len(mark_demonstration(versions=versions, is_demonstration=True, by=office)) == 2
    versions = {site.pk: 2, other.pk: 2}
    assert mark_demonstration(versions=versions, is_demonstration=True, by=office) == []
    assert Site.objects.get(pk=site.pk).version == 2
    assert AuditEvent.objects.filter(verb="site.marked").count() == 2


def test_a_merged_site_points_to_the_kept_one_and_both_files_stay(site, new_site, office, street):
    other = new_site("炳草岗市场", owner=street, telephone="0812-333", point=None)
    record_work(site=other, work=WORK, by=office)
    other.refresh_from_db()
    keep = merge(site, other, office)
    other.refresh_from_db()
    assert (other.state, other.merged_into, other.closed_on) == (SiteState.MERGED, site, DAY)
    assert other.works.count() == 1  # whose it was
    assert other.duties.get().valid_until == DAY
    assert [duty.unit.name for duty in keep.duties.all()] == ["区城市管理局"]
    keep.refresh_from_db()
    assert keep.telephone == "0812-333"  # it had none
    assert (float(keep.longitude), float(keep.latitude)) == SQUARE
    verbs = AuditEvent.objects.order_by("-sequence").values_list("verb", flat=True)[:2]
    assert set(verbs) == {"site.merged", "site.merged_from"}


def test_the_kept_site_takes_over_the_duties_it_lacks(new_site, office, street):
    keep, other = new_site("甲", point=None), new_site("乙", owner=street)
    merge(keep, other, office)
    keep.refresh_from_db()
    duty = keep.duties.get()
    assert (duty.kind, duty.unit, duty.valid_from) == (SiteDutyKind.OWNER, street, DAY)
    assert (float(keep.longitude), float(keep.latitude)) == SQUARE


def test_chains_of_mergers_end_at_the_kept_site(new_site, office):
    first, second, third = (new_site(name) for name in "甲乙丙")
    merge(second, first, office)
    second.refresh_from_db()
    merge(third, second, office)
    first.refresh_from_db()
    assert first.merged_into == third


def test_impossible_mergers(site, new_site, office):
    with pytest.raises(Invalid, match="它自己"):
        merge(site, site, office)
    other = new_site("另一个")
    close_sites(versions={other.pk: 1}, reason="拆迁", by=office)
    other.refresh_from_db()
    with pytest.raises(Invalid, match="不在用"):
        merge(other, site, office)
    keep = merge(site, other, office)
    other.refresh_from_db()
    with pytest.raises(IllegalTransition, match="不能合并"):
        merge(keep, other, office)
    with pytest.raises(StaleEdit):
        merge_sites(keep=keep, keep_version=1, other=new_site("丙"), other_version=1, by=office)


def test_a_merger_can_be_taken_back(site, new_site, office):
    other = new_site("另一个")
    merge(site, other, office)
    other.refresh_from_db()
    back = reopen_site(site=other, base_version=other.version, reason="不是同一处", by=office)
    assert (back.state, back.merged_into) == (SiteState.OPEN, None)


def test_the_owner_records_works_and_money(site, clerk, office):
    row = record_work(site=site, work=WORK, by=clerk)
    assert (row.title, row.difficulty, row.money) == ("改造公厕", 3, Decimal("120000.50"))
    site.refresh_from_db()
    better = Work("改造公厕", DAY, Difficulty.MEDIUM, Decimal(90000))
    correct_work(row=row, base_version=site.version, work=better, reason="决算", by=office)
    row.refresh_from_db()
    assert (row.difficulty, row.money) == (2, 90000)
    event = AuditEvent.objects.get(verb="site.work_corrected")
    assert event.changes["money"] == ["120000.50", "90000.00"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"done_on": DAY + datetime.timedelta(days=1)}, "done_on"),
        ({"money": Decimal(-1)}, "money"),
        ({"money": Decimal("Infinity")}, "money"),
        ({"money": Decimal("1e13")}, "money"),
        ({"note": "长" * 2001}, "note"),
    ],
)
def test_bad_works_are_refused(site, clerk, changed, field):
    facts = {"title": "改造公厕", "done_on": DAY, "difficulty": Difficulty.HARD, **changed}
    with pytest.raises(Invalid) as refused:
        record_work(site=site, work=Work(**facts), by=clerk)
    assert refused.value.field == field


def test_strangers_to_a_site_record_nothing(site, street_clerk, inspector):
    for actor in (street_clerk, inspector):
        with pytest.raises(NotPermitted, match="本单位负责"):
            record_work(site=site, work=WORK, by=actor)
        with pytest.raises(NotPermitted):
            add_photos(site=site, upload_ids=[uuid.uuid4()], by=actor)


def test_photos_go_into_the_file(site, clerk):
    upload = upload_file(content=samples.jpeg(), name="大门.jpg", by=clerk)
    (photo,) = add_photos(site=site, upload_ids=[upload.pk], by=clerk)
    assert attachments_of(KIND, [site.pk])[site.pk] == [photo]
    event = AuditEvent.objects.get(verb="site.photos_added")
    assert event.changes == {"files": [photo.file.sha256]}
    for none in ([], [upload.pk]):  # nothing chosen; sent twice
        with pytest.raises(Invalid):
            add_photos(site=site, upload_ids=none, by=clerk)


def test_people_see_the_sites_of_their_unit_and_below(  # noqa: PLR0917 - fixtures
    site, new_site, office, clerk, street_clerk, inspector, community, system
):
    below = new_site("社区活动室", owner=community)
    nobodys = new_site("无主")
    assert set(visible_sites(clerk)) == {site}
    assert set(visible_sites(street_clerk)) == {below}
    for actor in (office, inspector, system):
        assert set(visible_sites(actor)) == {site, below, nobodys}
    create_unit(name="区水利局", kind=UnitKind.GOVERNMENT, by=system)
    below.duties.update(valid_from=DAY - datetime.timedelta(days=9), valid_until=DAY)
    assert set(visible_sites(street_clerk)) == {below}
    below.duties.update(valid_until=DAY - datetime.timedelta(days=1))
    assert set(visible_sites(street_clerk)) == set()


def test_who_opens_and_removes_photos(site, office, clerk, street_clerk, inspector):
    kind = owner_kind(KIND)
    assert [bool(kind.find(one, site.pk)) for one in (office, clerk, inspector)] == [True] * 3
    assert kind.find(street_clerk, site.pk) is None
    actors = (office, clerk, inspector)
    assert [kind.sees_originals(one, site) for one in actors] == [True, True, False]
    assert [kind.may_remove(one, site) for one in actors] == [True, True, False]
