"""The calendar: whose deadlines, which marks, how many, and what calendar programs read of it."""

import datetime

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chuangwen.audit.models import AuditEvent
from chuangwen.kit.calendar import mark_of
from chuangwen.notices.models import CalendarAddress
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import Role
from chuangwen.plan.actions.parts import Step, submit_measures
from chuangwen.plan.models import Phase

D = datetime.date
SEPTEMBER = "/plan/calendar/?month=2021-09"


@pytest.fixture(autouse=True)
def on_15_september(settings):
    settings.CHUANGWEN_TODAY = D(2021, 9, 15)


@pytest.fixture
def phase(campaign):
    return Phase.objects.create(
        campaign=campaign,
        name="全面推进阶段",
        kind="stage",
        starts_on=D(2021, 9, 1),
        ends_on=D(2021, 11, 30),
    )


@pytest.fixture
def other(system, tenant):
    return create_unit(name="区教体局", kind=UnitKind.GOVERNMENT, by=system)


def browser(person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def text(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestMonth:
    def test_a_clerk_sees_own_deadlines_and_the_phases(self, give, unit, other, li_mei, phase):
        (part,) = give(unit)
        submit_measures(
            part=part, base_version=1, steps=[Step("先画图", D(2021, 9, 17))], by=li_mei.actor
        )
        give(other, title="别人的任务")
        page = text(browser(li_mei), SEPTEMBER)
        assert f'href="/plan/parts/{part.pk}/"' in page
        assert "先画图" in page
        assert "全面推进阶段开始" in page
        assert "别人的任务" not in page

    def test_holidays_and_worked_weekends_are_marked(self, li_mei):
        page = text(browser(li_mei), SEPTEMBER)
        assert 'title="中秋节">休' in page
        assert 'title="调休上班">班' in page
        assert mark_of(D(2021, 9, 18)) == ("班", "调休上班")
        assert mark_of(D(2021, 9, 20)) == ("休", "中秋节")
        assert mark_of(D(2021, 9, 15)) == mark_of(D(2021, 9, 12)) == ("", "")

    def test_a_year_that_is_not_published_says_so(self, li_mei):
        page = text(browser(li_mei), "/plan/calendar/?month=2090-01")
        assert "2090 年的放假调休安排尚未收录" in page
        assert "calendar-mark" not in page

    def test_weeks_begin_on_monday(self, li_mei):
        page = text(browser(li_mei), SEPTEMBER)
        assert page.index('datetime="2021-08-30"') < page.index('datetime="2021-10-03"')
        assert 'datetime="2021-08-29"' not in page
        assert 'datetime="2021-10-04"' not in page

    def test_a_full_day_shows_a_few_and_leads_to_all(self, give, unit, li_mei):
        for number in range(5):
            give(unit, title=f"第{number}件")
        client = browser(li_mei)
        page = text(client, SEPTEMBER)
        assert "第2件" in page
        assert "第3件" not in page
        assert "任务时限 +2" in page
        listed = text(client, "/plan/calendar/?view=list&day=2021-09-24&kind=task")
        assert all(f"第{number}件" in listed for number in range(5))

    def test_the_office_sees_a_task_once_with_its_number_of_units(
        self, give, unit, other, wang_fang
    ):
        parts = give(unit, other)
        page = text(browser(wang_fang), SEPTEMBER)
        assert page.count(">停车泊位应划尽划<") == 1
        assert "2 个单位" in page
        assert f'href="/plan/tasks/{parts[0].task_id}/"' in page

    def test_the_office_filters_by_unit(self, give, unit, other, wang_fang):
        give(unit, title="发改的")
        give(other, title="教体的")
        page = text(browser(wang_fang), f"{SEPTEMBER}&unit={other.pk}")
        assert "教体的" in page
        assert "发改的" not in page

    def test_a_clerk_gets_nothing_by_naming_another_unit(self, give, other, li_mei):
        give(other, title="别人的任务")
        for view in ("", "&view=list"):
            page = text(browser(li_mei), f"{SEPTEMBER}&unit={other.pk}{view}")
            assert "别人的任务" not in page

    @pytest.mark.parametrize(
        "query", ["month=2021-13", "day=gestern", "unit=1", "month=9999-12", "day=0001-01-01"]
    )
    def test_nonsense_is_refused_in_words(self, li_mei, query):
        assert browser(li_mei).get(f"/plan/calendar/?{query}").status_code == 422

    @pytest.mark.parametrize("view", ["", "&view=list", "&view=list&kind=measure"])
    @pytest.mark.usefixtures("phase")
    def test_at_most_eight_queries(self, give, unit, other, wang_fang, view):
        client = browser(wang_fang)
        for title in ("甲", "乙", "丙"):
            give(unit, other, title=title)
            with CaptureQueriesContext(connection) as caught:
                assert client.get(SEPTEMBER + view).status_code == 200
            assert len(caught) <= 8


class TestFile:
    @pytest.fixture
    def subscribe(self):
        def run(person) -> str:
            page = browser(person).post("/plan/calendar/address/").content.decode()
            return page.split('value="http://testserver')[1].split('"')[0]

        return run

    def events(self, answer) -> dict[str, icalendar.Event]:
        assert answer.status_code == 200
        calendar = icalendar.Calendar.from_ical(answer.content)
        return {str(event["UID"]): event for event in calendar.walk("VEVENT")}

    def test_the_download_reads_back(self, give, unit, li_mei, phase):
        (part,) = give(unit, title="划线,停车;\n换行")
        answer = browser(li_mei).get("/plan/calendar/chuangwen.ics")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        event = self.events(answer)[f"part-{part.pk}@chuangwen"]
        assert event["DTSTART"].dt == D(2021, 9, 24)
        assert event["DTEND"].dt == D(2021, 9, 25)
        assert str(event["SUMMARY"]) == "时限：划线,停车;\n换行（区发改局）"
        assert str(event["URL"]) == f"http://testserver/plan/parts/{part.pk}/"
        assert f"phase-{phase.pk}-end@chuangwen" in self.events(answer)

    def test_a_moved_deadline_keeps_its_event(self, give, unit, li_mei, subscribe):
        (part,) = give(unit)
        address = subscribe(li_mei)
        before = self.events(Client().get(address))
        part.due_on = D(2021, 10, 8)
        part.save(update_fields=["due_on"])
        after = self.events(Client().get(address))
        assert before.keys() == after.keys()
        assert after[f"part-{part.pk}@chuangwen"]["DTSTART"].dt == D(2021, 10, 8)

    def test_a_calendar_program_reads_without_signing_in(self, give, unit, li_mei, subscribe):
        give(unit)
        answer = Client().get(subscribe(li_mei))
        assert len(self.events(answer)) == 1
        assert "sessionid" not in answer.cookies
        assert Client().post(subscribe(li_mei)).status_code in {403, 405}

    def test_nobody_elses_deadlines(self, give, other, li_mei, subscribe):
        give(other)
        assert self.events(Client().get(subscribe(li_mei))) == {}

    def test_a_renewed_or_withdrawn_address_is_unknown_like_any_other(self, li_mei, subscribe):
        first = subscribe(li_mei)
        second = subscribe(li_mei)
        assert first != second
        unknown = Client().get("/calendar/abc.ics")
        assert unknown.status_code == 404
        assert Client().get(first).status_code == 404
        assert Client().get(second).status_code == 200
        browser(li_mei).post("/plan/calendar/address/", {"withdraw": "1"})
        gone = Client().get(second)
        assert gone.status_code == 404
        assert gone.content == unknown.content

    def test_a_disabled_account_is_read_no_longer(self, li_mei, subscribe):
        address = subscribe(li_mei)
        li_mei.account.is_active = False
        li_mei.account.save(update_fields=["is_active"])
        assert Client().get(address).status_code == 404

    def test_an_account_without_posts_is_read_no_longer(self, li_mei, subscribe):
        address = subscribe(li_mei)
        li_mei.account.memberships.all().delete()
        assert Client().get(address).status_code == 404

    def test_the_token_is_long_kept_as_a_hash_and_shown_once(self, li_mei, subscribe):
        address = subscribe(li_mei)
        token = address.removeprefix("/calendar/").removesuffix(".ics")
        assert len(token) == 43  # 256 bits
        stored = CalendarAddress.objects.get()
        assert token not in (stored.token_hash, str(stored))
        assert token not in text(browser(li_mei), "/plan/calendar/address/")
        events = AuditEvent.objects.filter(verb="calendar_address.renewed")
        assert token not in str(list(events.values()))

    def test_it_is_cheap(self, give, unit, li_mei, subscribe):
        address = subscribe(li_mei)
        for title in ("甲", "乙", "丙"):
            give(unit, title=title)
            with CaptureQueriesContext(connection) as caught:
                answer = Client().get(address)
            assert len(caught) == 5
        assert answer.headers["Cache-Control"] == "private, max-age=3600"

    def test_administrators_have_no_calendar(self, hire, unit):
        person = hire("赵敏", Role.SYSTEM_ADMINISTRATOR, unit)
        assert browser(person).get("/plan/calendar/").status_code == 403
        assert browser(person).post("/plan/calendar/address/").status_code == 403
