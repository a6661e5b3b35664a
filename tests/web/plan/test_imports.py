"""The list of imports, and the page of a long file that is being read."""

import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.kit import clock
from chuangwen.people.models import Account
from chuangwen.plan.actions.background_reading import LEASE, read_next
from chuangwen.plan.enums import ImportState, ReadingState
from chuangwen.plan.models import DocumentReading, PlanImport, SourceDocument
from tests.plan.conftest import NOTICE

LIST, NEW = "/plan/imports/", "/plan/imports/new/"


@pytest.fixture
def add_import(district):
    def add(name: str, **facts) -> PlanImport:
        source = SourceDocument.objects.create(name=name, sha256=name, format="txt", text=name)
        return PlanImport.objects.create(
            source=source, campaign=district.campaign, schema_version="1", **facts
        )

    return add


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)


def names(client, **wanted) -> set[str]:
    page = client.get(LIST, wanted)
    assert page.status_code == 200
    return {one.source.name for one, _tone in page.context["rows"]}


def test_filters_by_name_state_person_and_day(wang_fang, add_import):
    author = Account.objects.get()
    add_import("行动计划.docx", account_id=author.pk)
    add_import("工作安排.docx", state=ImportState.CONFIRMED)
    old = add_import("旧计划.docx", state=ImportState.DISCARDED)
    long_ago = datetime.datetime(2021, 8, 6, 16, tzinfo=datetime.UTC)  # the 7th in Shanghai
    PlanImport.objects.filter(pk=old.pk).update(created_at=long_ago)
    assert names(wang_fang, q="计划") == {"行动计划.docx", "旧计划.docx"}
    assert names(wang_fang, state="confirmed") == {"工作安排.docx"}
    assert names(wang_fang, who=author.pk) == {"行动计划.docx"}
    assert names(wang_fang, who="system") == {"工作安排.docx", "旧计划.docx"}
    assert names(wang_fang, to="2021-08-07", **{"from": "2021-08-07"}) == {"旧计划.docx"}
    assert names(wang_fang, to="2021-08-06") == set()
    assert len(names(wang_fang, state="?", who="?", to="?")) == 3
    assert names(wang_fang, to="9999-12-31", **{"from": "0001-01-01"})
    page = wang_fang.get(LIST, {"q": "没有"}).content.decode()
    assert "没有符合条件的文件" in page
    assert author.name in wang_fang.get(LIST).content.decode()


def test_an_empty_list_says_what_to_do(wang_fang):
    assert "还没有导入过文件" in wang_fang.get(LIST).content.decode()


def test_many_imports_are_turned_by_page_and_cost_the_same(wang_fang, add_import):
    add_import("0.txt")
    few = queries(wang_fang, LIST)
    for number in range(1, 53):
        add_import(f"{number}.txt")
    assert queries(wang_fang, LIST) == few <= 8
    page = wang_fang.get(LIST)
    assert len(page.context["rows"]) == 50
    following = wang_fang.get(LIST + page.context["page"].following)
    assert [one.source.name for one, _ in following.context["rows"]] == ["2.txt", "1.txt", "0.txt"]


def test_a_refusal_keeps_the_list_its_filters_and_the_words(wang_fang, add_import):
    add_import("行动计划.docx")
    add_import("旧计划.docx", state=ImportState.DISCARDED)
    answer = wang_fang.post(f"{NEW}?state=review", {"text": "辛苦粘贴的文字，里面没有任务。"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有导入任何内容" in page
    assert "辛苦粘贴的文字，里面没有任务。</textarea>" in page
    assert "行动计划.docx" in page
    assert "旧计划.docx" not in page
    assert '<option value="review" selected>' in page
    # Turning the page or reloading from there leads to the list.
    back = wang_fang.get(f"{NEW}?state=review")
    assert (back.status_code, back.headers["Location"]) == (302, f"{LIST}?state=review")


@pytest.fixture
def long_file(wang_fang, settings) -> DocumentReading:
    settings.CHUANGWEN_READ_AT_ONCE = 1024
    sent = io.BytesIO(NOTICE.read_bytes())
    sent.name = "通知.txt"
    answer = wang_fang.post(NEW, {"file": sent})
    reading = DocumentReading.objects.get()
    assert answer.headers["Location"] == f"/plan/readings/{reading.pk}/"
    return reading


def poll(client, reading):
    return client.get(f"/plan/readings/{reading.pk}/", headers={"HX-Request": "true"})


def test_a_long_file_has_a_page_that_follows_it(wang_fang, long_file):
    address = f"/plan/readings/{long_file.pk}/"
    page = wang_fang.get(address).content.decode()
    assert "排队等待" in page
    assert f'hx-get="{address}"' in page
    assert "后台任务似乎没有运行" not in page
    assert "通知.txt" in wang_fang.get(LIST).content.decode()
    DocumentReading.objects.update(
        state=ReadingState.PARSING, done=300, total=1200, attempts=2, beat_at=clock.now()
    )
    part = poll(wang_fang, long_file).content.decode()
    assert "300 / 1200（25%）" in part
    assert "第 2 次，最多 3 次" in part
    assert "<h1" not in part
    DocumentReading.objects.update(state=ReadingState.WAITING)
    read_next()
    review = f"/plan/imports/{PlanImport.objects.get().pk}/"
    assert poll(wang_fang, long_file).headers["HX-Redirect"] == review
    assert wang_fang.get(address).headers["Location"] == review


@pytest.mark.parametrize("state", [ReadingState.WAITING, ReadingState.PARSING])
def test_a_page_says_when_no_worker_runs(wang_fang, long_file, state):
    before = clock.now() - LEASE - datetime.timedelta(minutes=1)
    DocumentReading.objects.update(asked_at=before, beat_at=before, state=state)
    page = wang_fang.get(f"/plan/readings/{long_file.pk}/").content.decode()
    assert "后台任务似乎没有运行" in page
    assert "chuangwen worker" in page


def test_waiting_behind_another_file_is_no_alarm(wang_fang, long_file, district):
    before = clock.now() - datetime.timedelta(minutes=5)
    other = DocumentReading.objects.create(
        campaign=district.campaign,
        name="更长.txt",
        size=1,
        state=ReadingState.PARSING,
        beat_at=clock.now(),
    )
    DocumentReading.objects.filter(pk=other.pk).update(asked_at=before)
    DocumentReading.objects.filter(pk=long_file.pk).update(
        asked_at=before + datetime.timedelta(minutes=1)
    )
    page = wang_fang.get(f"/plan/readings/{long_file.pk}/").content.decode()
    assert "前面还有 1 份文件" in page
    assert "后台任务似乎没有运行" not in page


def test_cancelling_leads_back_and_is_possible_once(wang_fang, long_file):
    address = f"/plan/readings/{long_file.pk}/"
    page = wang_fang.post(f"{address}cancel/", follow=True).content.decode()
    assert "已取消读入“通知.txt”" in page
    assert wang_fang.post(f"{address}cancel/").status_code == 409
    assert "已取消" in wang_fang.get(address).content.decode()
    assert not read_next()


def test_a_failed_file_says_why_and_can_be_tried_again(wang_fang, long_file):
    DocumentReading.objects.update(state=ReadingState.FAILED, problem="“通知.txt”已损坏。请重试。")
    address = f"/plan/readings/{long_file.pk}/"
    assert poll(wang_fang, long_file).headers["HX-Redirect"] == address
    page = wang_fang.get(address).content.decode()
    assert "“通知.txt”已损坏" in page
    assert "读入失败" in wang_fang.get(LIST).content.decode()
    wang_fang.post(f"{address}retry/")
    read_next()
    assert DocumentReading.objects.get().state == ReadingState.DONE


def test_units_do_not_see_any_of_it(li_mei, long_file):
    assert li_mei.get(f"/plan/readings/{long_file.pk}/").status_code == 403
