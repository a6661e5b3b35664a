"""Reading one's notices: own ones only, filters, marking, the number in the header."""

import datetime

import pytest
from django.db import transaction
from django.test import Client

from chuangwen.kit import clock
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.actions.reading import KEEP_READ, KEEP_UNREAD, sweep_notices
from chuangwen.notices.enums import NoticeKind
from chuangwen.notices.models import Delivery, Notice
from chuangwen.notices.notes import Note, told


@pytest.fixture
def tell(system):
    """Return a function that tells a person something."""

    def make(person, key, kind=NoticeKind.URGED, subject="请抓紧", **facts) -> int:
        note = Note(kind=kind, subject=subject, key=key, **facts)
        with transaction.atomic():
            return notify(notes=told(note, [person.account.pk]), by=system)

    return make


def browser(person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def test_the_same_occasion_is_told_once(tell, li_mei):
    assert tell(li_mei, "甲") == 1
    assert tell(li_mei, "甲") == 0
    assert Notice.objects.count() == 1


def test_whoever_acts_is_not_told(li_mei):
    note = Note(kind=NoticeKind.URGED, subject="自己", key="甲")
    with transaction.atomic():
        assert notify(notes=told(note, [li_mei.account.pk]), by=li_mei.actor) == 0


@pytest.mark.django_db(transaction=True)
def test_telling_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        notify(notes=[], by=None)


def test_opening_marks_as_read_and_leads_to_the_task(give, unit, li_mei):
    (part,) = give(unit)
    client = browser(li_mei)
    page = client.get("/notices/").content.decode()
    assert "新任务：停车泊位应划尽划" in page
    assert '<span class="shell-count">1<' in page
    notice = Notice.objects.get()
    answer = client.post(f"/notices/{notice.pk}/open/")
    assert answer.headers["Location"] == f"/plan/parts/{part.pk}/"
    assert "shell-count" not in client.get("/notices/").content.decode()


def test_other_peoples_notices_do_not_exist(tell, li_mei, zhang_wei):
    tell(li_mei, "甲", subject="只给李梅")
    client = browser(zhang_wei)
    assert "只给李梅" not in client.get("/notices/").content.decode()
    notice = Notice.objects.get()
    assert client.post(f"/notices/{notice.pk}/read/").status_code == 404
    client.post("/notices/read/")
    notice.refresh_from_db()
    assert notice.read_at is None


def test_filters_keep_what_is_asked_for(tell, li_mei):
    tell(li_mei, "甲", subject="超期一项", kind=NoticeKind.OVERDUE)
    tell(li_mei, "乙", subject="催办一项")
    client = browser(li_mei)
    page = client.get("/notices/", {"kind": "overdue"}).content.decode()
    assert "超期一项" in page
    assert "催办一项" not in page
    client.post("/notices/read/", {"kind": "overdue"})
    page = client.get("/notices/", {"unread": "1"}).content.decode()
    assert "超期一项" not in page
    assert "催办一项" in page


def test_long_lists_have_pages(tell, li_mei):
    for number in range(53):
        tell(li_mei, str(number), subject=f"第{number}件")
    client = browser(li_mei)
    first = client.get("/notices/").content.decode()
    assert "第52件" in first
    assert "第2件" not in first
    assert 'rel="next"' in first


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(
    tell, li_mei, number, django_assert_num_queries
):
    for each in range(number):
        tell(li_mei, str(each))
    client = browser(li_mei)
    with django_assert_num_queries(4):  # session, account, posts, notices
        assert client.get("/notices/").status_code == 200


def test_a_subject_is_one_line_of_bounded_length():
    note = Note(kind=NoticeKind.URGED, subject="长\n" * 300, key="甲")
    assert "\n" not in note.subject
    assert len(note.subject) == 200


def test_old_notices_go_and_unread_ones_stay_longer(tell, li_mei):
    tell(li_mei, "旧")
    tell(li_mei, "旧而未读")
    tell(li_mei, "新")
    old = clock.now() - KEEP_READ - datetime.timedelta(days=1)
    Notice.objects.exclude(key="新").update(created_at=old)
    Notice.objects.exclude(key="旧而未读").update(read_at=clock.now())
    assert sweep_notices() == 1
    assert set(Notice.objects.values_list("key", flat=True)) == {"旧而未读", "新"}


@pytest.mark.parametrize(("state", "kept"), [("waiting", True), ("sent", False)])
def test_a_notice_whose_e_mail_waits_is_kept(tell, li_mei, state, kept):
    tell(li_mei, "旧")
    Notice.objects.update(created_at=clock.now() - KEEP_UNREAD - datetime.timedelta(days=1))
    Delivery.objects.create(notice=Notice.objects.get(), channel="email", state=state)
    sweep_notices()
    assert Notice.objects.exists() is kept
