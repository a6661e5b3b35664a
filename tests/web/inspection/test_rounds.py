"""From an empty list to a closed round, by the buttons of the pages alone."""

import pytest

from chuangwen.inspection.models import Finding, RoundSite
from chuangwen.people.roles import Role
from chuangwen.reports.sheets import answers
from tests.inspection.rounds.conftest import person, walk
from tests.web.inspection.desk import SAMPLE, browser, close, made, post, started

pytestmark = pytest.mark.django_db


def test_the_preview_shows_what_is_drawn_afterwards(district):
    office = browser(district.office)
    within = made(office, district)
    shown = office.get(f"/rounds/{within.pk}/sample/", SAMPLE).content.decode()
    assert "抽 <strong>6</strong> 个" in shown
    assert "农贸市场" in shown
    assert not RoundSite.objects.exists()
    post(office, within, "sample", **SAMPLE)
    assert RoundSite.objects.filter(round=within).count() == 6


def test_a_wrong_wish_is_said_beside_its_field(district):
    office = browser(district.office)
    within = made(office, district)
    answer = post(office, within, "sample", **SAMPLE | {"size": "60"})
    assert answer.status_code == 422
    assert "要抽 60 个点位，符合条件的只有 12 个" in answer.content.decode()


def test_a_round_from_the_start_to_its_end(district):
    office = browser(district.office)
    within = started(office, district)
    page = office.get(f"/rounds/{within.pk}/").content.decode()
    assert "未测" in page
    assert "0.0%" not in page  # nothing is tested: that is no rate of nought
    rows = list(RoundSite.objects.filter(round=within).select_related("checklist"))
    walk(district, rows[0], failing={0})
    walk(district, rows[1])
    for by in ("site_type", "unit", "area", "line", "inspector"):
        assert "50.0%" in office.get(f"/rounds/{within.pk}/?by={by}").content.decode()
    assert close(office, within).status_code == 302
    closed = office.get(f"/rounds/{within.pk}/").content.decode()
    within.refresh_from_db()
    assert within.result_hash[:16] in closed
    assert post(office, within, "close").status_code == 409


def test_progress_goes_on_asking_while_the_round_runs(district):
    office = browser(district.office)
    within = started(office, district)
    fragment = office.get(f"/rounds/{within.pk}/progress/").content.decode()
    assert f'hx-get="/rounds/{within.pk}/progress/"' in fragment
    assert fragment.strip() in office.get(f"/rounds/{within.pk}/").content.decode()
    close(office, within)
    assert "hx-get" not in office.get(f"/rounds/{within.pk}/progress/").content.decode()


def test_a_units_people_see_their_own_findings(district):
    office = browser(district.office)
    within = started(office, district)
    for row in RoundSite.objects.filter(round=within).select_related("checklist"):
        walk(district, row, failing={0})
    own = Finding.objects.filter(unit=district.commerce)
    assert 0 < own.count() < Finding.objects.count()
    page = browser(district.clerk).get("/rounds/findings/").content.decode()
    assert page.count("待处理</span>") == own.count()
    other = Finding.objects.exclude(unit=district.commerce).first()
    assert browser(district.clerk).get(f"/rounds/visits/{other.visit_id}/").status_code == 404


def test_a_site_is_added_by_its_code_and_removed_with_a_reason(district):
    office = browser(district.office)
    within = started(office, district)
    new = district.add_sites(1)[0]
    assert post(office, within, "sites/add", codes="99-9999", reason="新").status_code == 422
    assert post(office, within, "sites/add", codes=new.code).status_code == 422
    assert post(office, within, "sites/add", codes=new.code, reason="新开业").status_code == 302
    assert RoundSite.objects.filter(round=within, site=new).exists()
    assert post(office, within, "sites/drop", drop=new.pk, reason="误加").status_code == 302
    assert not RoundSite.objects.filter(round=within, site=new).exists()


def test_ticked_findings_are_withdrawn(district):
    office = browser(district.office)
    within = started(office, district)
    walk(district, RoundSite.objects.filter(round=within).first(), failing={0, 2})
    ticked = [f"{one.pk}:{one.version}" for one in Finding.objects.all()]
    answer = office.post("/rounds/findings/withdraw/", {"finding": ticked, "reason": "复核无误"})
    assert answer.status_code == 302
    assert Finding.objects.filter(state="withdrawn").count() == 2


def test_findings_are_exported_as_filtered(district):
    office = browser(district.office)
    within = started(office, district)
    walk(district, RoundSite.objects.filter(round=within).first(), failing={0})
    answer = office.get("/rounds/findings/export/", {"round": within.pk})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.content[:2] == b"PK"


def test_an_inspector_sees_his_pairs_sites_in_walking_order(district):
    office = browser(district.office)
    within = started(office, district)
    page = browser(district.liu).get(f"/rounds/{within.pk}/walk/").content.decode()
    own = RoundSite.objects.filter(pair__members__account=district.liu.account_id)
    assert all(row.site.name in page for row in own.select_related("site"))
    assert page.count("<tr>") == own.count() + 1


def test_a_leaders_home_shows_the_rate_of_the_last_closed_round(district, tenant):
    leader = browser(person(tenant, "chenjianguo", "陈建国", Role.LEADER, district.office_unit))
    assert "测评点位达标率" not in leader.get("/").content.decode()
    office = browser(district.office)
    within = started(office, district)
    walk(district, RoundSite.objects.filter(round=within).first())
    close(office, within)
    home = leader.get("/").content.decode()
    assert "测评点位达标率" in home
    assert "100.0%" in home
    assert f'href="/rounds/{within.pk}/"' in home


def test_the_report_is_sent_as_document_and_workbook_and_shown_as_a_page(district):
    office = browser(district.office)
    within = made(office, district)
    assert office.get(f"/rounds/{within.pk}/report/").status_code == 409
    within = started(office, district, name="有结果的一轮")
    for row in RoundSite.objects.filter(round=within).select_related("checklist")[:3]:
        walk(district, row, failing={0})
    for suffix in ("docx", "xlsx"):
        answer = office.get(f"/rounds/{within.pk}/report.{suffix}")
        assert answer.status_code == 200
        assert answer.content[:2] == b"PK"
    assert office.get(f"/rounds/{within.pk}/report.pdf").status_code == 404
    page = office.get(f"/rounds/{within.pk}/report/").content.decode()
    assert "区商务局" in page
    assert "问题清单" in page
    assert browser(district.clerk).get(f"/rounds/{within.pk}/report/").status_code == 403


def test_every_answer_is_exported_and_none_becomes_a_formula(district, monkeypatch):
    monkeypatch.setattr(answers, "LINES_SENT", 2)
    office = browser(district.office)
    within = started(office, district)
    row = RoundSite.objects.filter(round=within).select_related("checklist").first()
    visit = walk(district, row, failing={0})
    visit.answers.update(note="=1+1")
    pieces = list(office.get(f"/rounds/{within.pk}/answers.csv"))
    assert len(pieces) == 3  # the head, two lines, and the last
    lines = b"".join(pieces).decode("utf-8-sig")
    head, *rows = lines.strip().splitlines()
    assert head.startswith("点位编号,点位,")
    assert len(rows) == 3
    assert all(row.site.code in one and one.endswith(",'=1+1") for one in rows)
    assert sum(",未达标," in one for one in rows) == 1
    assert office.get(f"/rounds/{within.pk}/answers.xlsx").content[:2] == b"PK"
    assert browser(district.clerk).get(f"/rounds/{within.pk}/answers.csv").status_code == 403


@pytest.mark.parametrize("is_blind", [False, True])
def test_the_file_of_a_site_shows_its_visits_to_whom_they_may_concern(district, is_blind):
    office = browser(district.office)
    within = started(office, district, **({"is_blind": "on"} if is_blind else {}))
    rows = RoundSite.objects.filter(round=within, unit=district.commerce)
    row = rows.select_related("checklist", "site").first()
    assert row is not None
    walk(district, row, failing={0})
    path = f"/sites/{row.site_id}/"
    assert within.name in office.get(path).content.decode()
    clerk = browser(district.clerk)
    assert (within.name in clerk.get(path).content.decode()) is not is_blind
    close(office, within)
    assert within.name in clerk.get(path).content.decode()
