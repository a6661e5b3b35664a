"""The lists of cases, steps on many, and entering a problem."""

import datetime
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chuangwen.files.models import Attachment
from chuangwen.framework.models import SiteType
from chuangwen.rectification.actions.checking import close_case, pass_case
from chuangwen.rectification.actions.deadlines import ask_extension, suspend_case
from chuangwen.rectification.actions.handling import accept_case
from chuangwen.rectification.actions.opening import Seen, report_case
from chuangwen.rectification.enums import CaseState, Source
from chuangwen.rectification.models import Case
from chuangwen.sites.models import Site
from tests.rectification.conftest import DAY
from tests.rectification.conftest import now as fresh
from tests.web.rectification.test_case import PNG


def listed(viewer, query="") -> list[str]:
    """Return the titles on the list, in order."""
    page = viewer.get(f"/cases/{query}").content.decode()
    return re.findall(r'data-label="问题"><a href="/cases/[^"]+">([^<]+)</a>', page)


def tick(*cases) -> list[str]:
    return [f"{one.pk}:{Case.objects.get(pk=one.pk).version}" for one in cases]


@pytest.fixture
def other(office, bureau) -> Case:
    """Another problem, of another source and place, proposed for the bureau."""
    seen = Seen(
        title="公益广告破损", source=Source.CITIZEN, found_on=DAY, place="攀枝花大道",
        proposed_lead=bureau, proposed_due_on=DAY + datetime.timedelta(days=6),
    )  # fmt: skip
    return report_case(seen=seen, by=office)


def test_each_filter_keeps_what_it_says(dispatched, other, cast, street, at_office):
    bureau, category = cast.units[0], dispatched.category
    manhole, advert = dispatched.title, other.title
    for query, kept in (
        ("", [advert, manhole]),
        ("?state=dispatched", [manhole]),
        ("?source=citizen", [advert]),
        (f"?category={category.pk}", [manhole]),
        (f"?unit={bureau.pk}", [manhole]),
        (f"?unit={street.pk}", []),
        (f"?area={street.pk}", []),
        ("?q=公益广告", [advert]),
        ("?q=整改〔2021〕1号", [manhole]),
        ("?view=mending", [manhole]),
        ("?view=closed", []),
        ("?only=late", []),
        ("?sort=due", [manhole, advert]),
    ):
        assert listed(at_office, query) == kept, query


def test_what_is_late_or_soon_due_is_found_unless_it_is_suspended(
    dispatched, other, office, at_office, settings
):
    manhole = dispatched.title
    settings.CHUANGWEN_TODAY = datetime.date(2021, 9, 23)
    assert listed(at_office, "?only=soon") == [manhole]
    settings.CHUANGWEN_TODAY = datetime.date(2021, 9, 24)
    assert listed(at_office, "?only=late") == [manhole]
    suspend_case(**fresh(dispatched), reason="封路", by=office)
    assert listed(at_office, "?only=late") == []
    assert listed(at_office, "?only=suspended") == [manhole]


def test_a_site_type_keeps_the_cases_at_its_sites(dispatched, office, at_office):
    kind = SiteType.objects.create(code="07", name="农贸市场", shape="place")
    site = Site.objects.create(code="07-1", name="炳草岗市场", site_type=kind)
    seen = Seen(title="地面积水", source=Source.SELF, found_on=DAY, site=site)
    report_case(seen=seen, by=office)
    assert listed(at_office, f"?type={kind.pk}") == ["地面积水"]


def test_a_unit_finds_what_waits_for_it(dispatched, other, cast, at_bureau, at_housing):
    title = dispatched.title
    assert listed(at_bureau) == [title]
    assert listed(at_bureau, "?share=assigned") == [title]
    accept_case(**fresh(dispatched), unit=cast.units[0], by=cast.clerks[0])
    assert listed(at_bureau, "?share=assigned") == []
    assert listed(at_bureau, "?share=accepted") == [title]
    assert listed(at_housing, "?share=assigned") == [title]
    home = at_housing.get("/").content.decode()
    assert re.search(r"待接收的问题.*?>\s*1\s*<", home, re.DOTALL)


def test_the_office_sees_at_home_what_waits(dispatched, other, cast, at_office):
    day = datetime.date(2021, 10, 15)
    unit, by = cast.units[0], cast.clerks[0]
    ask_extension(**fresh(dispatched), unit=unit, due_on=day, reason="备料", by=by)
    home = at_office.get("/").content.decode()
    for label in ("待立案", "申请延期待批"):
        assert re.search(label + r"</.*?>\s*1\s*<", home, re.DOTALL), label
    assert listed(at_office, "?only=asked") == [dispatched.title]


def test_the_ledger_of_what_is_closed(handed_in, inspector, office, at_office):
    pass_case(**fresh(handed_in), text="好", by=inspector)
    close_case(**fresh(handed_in), by=office)
    assert listed(at_office, "?view=closed") == [handed_in.title]
    assert listed(at_office, "?view=mending") == []
    assert "2021-09-15 销号" in at_office.get("/cases/?view=closed").content.decode()


def test_the_export_holds_what_is_listed_and_no_formula(dispatched, office, at_office, at_bureau):
    seen = Seen(title="=HYPERLINK(1)", source=Source.MEDIA, found_on=DAY)
    report_case(seen=seen, by=office)
    rows = exported(at_office, "?source=media")
    assert [row[1] for row in rows] == ["=HYPERLINK(1)"]
    (own,) = exported(at_bureau)
    assert own[0] == "整改〔2021〕1号"
    assert own[10] == "区城市管理局"


def exported(viewer, query="") -> list[tuple]:
    answer = viewer.get(f"/cases/export/{query}")
    content = b"".join(answer) if answer.streaming else answer.content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    rows = list(sheet.iter_rows())
    header = next(at for at, row in enumerate(rows) if row[0].value == "编号")
    kept = [row for row in rows[header + 1 :] if row[1].value]
    assert all(cell.data_type != "f" for row in kept for cell in row)
    return [tuple(cell.value for cell in row) for row in kept]


def test_many_are_filed_and_go_to_those_who_were_proposed(other, bureau, office, at_office):
    again = report_case(
        seen=Seen(
            title="花箱缺株", source=Source.TOUR, found_on=DAY, proposed_lead=bureau,
            proposed_due_on=DAY,
        ),
        by=office,
    )  # fmt: skip
    ticks = {"case": tick(other, again)}
    assert "立案 2 个" in at_office.get("/cases/bulk/", ticks).content.decode()
    assert at_office.post("/cases/bulk/", {**ticks, "step": "file"}).status_code == 302
    ticks = {"case": tick(other, again)}
    answer = at_office.post("/cases/bulk/", {**ticks, "step": "dispatch"})
    assert answer.status_code == 302, answer.content.decode()
    assert {(one.state, one.lead) for one in Case.objects.all()} == {(CaseState.DISPATCHED, bureau)}
    assert Case.objects.get(pk=other.pk).due_on == other.proposed_due_on


def test_without_a_proposal_the_unit_must_be_named(filed, at_office, bureau):
    ticks = {"case": tick(filed), "step": "dispatch"}
    answer = at_office.post("/cases/bulk/", {**ticks, "reason": "尽快更换"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有建议的整改单位" in page
    assert "尽快更换</textarea>" in page
    assert at_office.post("/cases/bulk/", {**ticks, "lead": bureau.name}).status_code == 302


def test_all_or_none_when_somebody_was_faster(other, reported, office, at_office):
    old = tick(other, reported)
    Case.objects.filter(pk=other.pk).update(version=9)
    answer = at_office.post("/cases/bulk/", {"case": old, "step": "file"})
    assert answer.status_code == 409
    assert "公益广告破损" in answer.content.decode()
    assert set(Case.objects.values_list("state", flat=True)) == {CaseState.REPORTED}
    again = re.findall(r'name="case" value="([^"]+)"', answer.content.decode())[:2]
    assert at_office.post("/cases/bulk/", {"case": again, "step": "file"}).status_code == 302


def test_ticked_ones_are_merged_declined_and_cancelled(other, reported, seen, office, at_office):
    third = report_case(seen=seen, by=office)
    post = lambda *cases, **more: at_office.post(  # noqa: E731
        "/cases/bulk/", {"case": tick(*cases), **more}
    )
    assert post(reported, third, step="merge", keep="", reason="同").status_code == 422
    assert post(reported, third, step="merge", keep=reported.pk, reason="同一处").status_code == 302
    assert post(other, step="decline", reason="").status_code == 422
    assert post(other, step="decline", reason="不在本区").status_code == 302
    assert post(reported, step="cancel", reason="登记错了").status_code == 302
    states = dict(Case.objects.values_list("pk", "state"))
    assert states == {other.pk: "declined", reported.pk: "cancelled", third.pk: "merged"}


def test_a_unit_enters_what_it_found_with_photos(bureau, category, at_bureau, at_office):
    photo = SimpleUploadedFile("墙面.png", PNG, content_type="image/png")
    form = {
        "unit": bureau.pk, "title": "墙面小广告", "source": "self", "found_on": "2021-09-14",
        "place": "大渡口街", "category": category.pk, "files": photo,
    }  # fmt: skip
    answer = at_bureau.post("/cases/new/", form)
    assert answer.status_code == 302, answer.content.decode()
    case = Case.objects.get()
    assert (case.reported_by, case.category, case.place) == (bureau, category, "大渡口街")
    assert Attachment.objects.get(owner_id=case.pk).name == "墙面.png"
    assert listed(at_office, "?state=reported") == ["墙面小广告"]


def test_nobody_reports_for_a_unit_of_others(housing, at_bureau):
    form = {
        "unit": housing.pk, "title": "墙面小广告", "source": "self", "found_on": "2021-09-14",
    }  # fmt: skip
    assert at_bureau.post("/cases/new/", form).status_code == 422
    assert not Case.objects.exists()


def test_a_site_that_is_not_found_is_named_and_nothing_typed_is_lost(at_office):
    form = {"title": "积水", "source": "leader", "found_on": "2021-09-14", "site": "没有的市场"}
    answer = at_office.post("/cases/new/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "点位“没有的市场”没有找到" in page
    assert 'value="积水"' in page


def test_empty_lists_say_what_to_do(at_office, at_bureau):
    assert "登记问题" in at_office.get("/cases/").content.decode()
    assert "没有符合条件的问题" in at_office.get("/cases/?q=没有").content.decode()
    assert "没有正在整改的问题" in at_bureau.get("/cases/?view=mending").content.decode()
