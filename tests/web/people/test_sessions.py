"""李梅's sessions slide while she works, end when she rests, and can be ended from elsewhere."""

import datetime

import pytest
import time_machine
from django.test import Client

from chuangwen.audit.models import AuditEvent
from chuangwen.operations import schedule
from chuangwen.people.models import LoginAttempt, Session

from .conftest import sign_in

MORNING = datetime.datetime(2021, 9, 15, 0, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_half_an_hour_of_rest_ends_the_session(client, li_mei, clock):
    sign_in(client)
    clock.shift(29 * MINUTE)
    assert is_in(client)
    clock.shift(29 * MINUTE)
    assert is_in(client)
    clock.shift(31 * MINUTE)
    assert not is_in(client)


def test_twelve_hours_end_the_session_however_busy(client, li_mei, clock):
    sign_in(client)
    for _ in range(12 * 3):
        assert is_in(client)
        clock.shift(20 * MINUTE)
    clock.shift(MINUTE)
    assert not is_in(client)


def test_a_session_in_use_is_not_written_on_every_request(
    client, li_mei, clock, django_assert_num_queries
):
    sign_in(client)
    before = Session.objects.get(account=li_mei).expire_date
    clock.shift(2 * MINUTE)
    is_in(client)
    assert Session.objects.get(account=li_mei).expire_date == before
    clock.shift(2 * MINUTE)
    is_in(client)
    assert Session.objects.get(account=li_mei).expire_date == before + 4 * MINUTE


def test_the_session_changes_its_key_at_sign_in(client, li_mei):
    client.get("/login/")
    client.cookies["sessionid"] = "a" * 32
    sign_in(client)
    assert client.cookies["sessionid"].value != "a" * 32


def test_signing_out_deletes_the_session_on_the_server(client, li_mei):
    sign_in(client)
    client.post("/logout/")
    assert not Session.objects.filter(account=li_mei).exists()
    verbs = set(AuditEvent.objects.filter(object_id=li_mei.pk).values_list("verb", flat=True))
    assert {"account.signed_in", "account.signed_out"} <= verbs


@pytest.fixture
def phone(li_mei) -> Client:
    browser = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0"})
    sign_in(browser)
    return browser


def test_the_list_names_every_device(signed_in, phone):
    page = signed_in.get("/me/").content.decode()
    assert "微信，安卓" in page
    assert "（本机）" in page


def test_one_device_can_be_signed_out_from_another(signed_in, phone, li_mei):
    handle = next(s.handle for s in li_mei.sessions.all() if "安卓" in s.device)
    signed_in.post("/me/sessions/end/", {"handle": handle})
    assert not is_in(phone)
    assert is_in(signed_in)
    answer = signed_in.post("/me/sessions/end/", {"handle": handle})
    assert answer.status_code == 404


def test_the_handle_does_not_open_the_session(signed_in, phone, li_mei):
    stranger = Client()
    stranger.cookies["sessionid"] = li_mei.sessions.first().handle
    assert not is_in(stranger)


def test_all_other_devices_can_be_signed_out_at_once(signed_in, phone, li_mei):
    signed_in.post("/me/sessions/end-others/")
    assert not is_in(phone)
    assert is_in(signed_in)


def test_disabling_the_account_ends_the_session_at_once(signed_in, li_mei):
    li_mei.is_active = False
    li_mei.save()
    assert not is_in(signed_in)


def test_the_schedule_forgets_what_has_expired_and_nothing_else(client, li_mei, clock):
    sign_in(client)
    Client().post("/login/", {"username": "limei", "password": "wrong"})
    schedule.do_what_is_due()
    assert (Session.objects.count(), LoginAttempt.objects.exists()) == (1, True)
    clock.shift(datetime.timedelta(hours=25))
    schedule.do_what_is_due()
    assert (Session.objects.count(), LoginAttempt.objects.exists()) == (0, False)
