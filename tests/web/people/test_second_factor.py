"""李梅 binds her phone; from then on her password alone opens nothing."""

import re

import pyotp
import pytest
import time_machine
from django.test import Client

from chuangwen.audit.models import AuditEvent
from chuangwen.people.models import Account, RecoveryCode

from .conftest import PASSWORD, sign_in

NOON = 1_631_678_400


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def secret_on(page) -> str:
    return re.search(r"<code>([A-Z2-7]{32})</code>", page.content.decode())[1]


@pytest.fixture
def bound(signed_in, clock) -> tuple[Client, str, list[str]]:
    """Her browser, the secret on her phone, and her recovery codes; half a minute later."""
    secret = secret_on(signed_in.get("/me/totp/"))
    answer = signed_in.post("/me/totp/", {"code": pyotp.TOTP(secret).at(NOON)})
    codes = re.findall(r"<code>([a-z2-9-]{14})</code>", answer.content.decode())
    clock.shift(60)
    return signed_in, secret, codes


def code_now(secret: str) -> str:
    return pyotp.TOTP(secret).now()


def enter(code: str, browser: Client | None = None) -> int:
    browser = browser or Client()
    assert sign_in(browser).headers["Location"] == "/login/code/"
    return browser.post("/login/code/", {"code": code}).status_code


def test_the_page_shows_a_picture_without_a_foreign_address(signed_in):
    page = signed_in.get("/me/totp/").content.decode()
    assert 'src="data:image/svg+xml' in page


def test_the_secret_stays_the_same_until_it_is_bound(signed_in, clock):
    assert secret_on(signed_in.get("/me/totp/")) == secret_on(signed_in.get("/me/totp/"))


def test_wrong_digits_bind_nothing(signed_in, li_mei, clock):
    signed_in.get("/me/totp/")
    answer = signed_in.post("/me/totp/", {"code": "000000"})
    assert answer.status_code == 422
    assert "6 位数字不对" in answer.content.decode()
    assert not Account.objects.get(pk=li_mei.pk).has_totp


def test_another_phone_is_bound_only_after_unbinding_with_the_password(bound, li_mei):
    browser, secret, _codes = bound
    sealed = Account.objects.get(pk=li_mei.pk).totp_secret
    other = secret_on(browser.get("/me/totp/"))
    assert other != secret
    answer = browser.post("/me/totp/", {"code": code_now(other)})
    assert answer.status_code == 422
    assert "先解除绑定" in answer.content.decode()
    assert Account.objects.get(pk=li_mei.pk).totp_secret == sealed


def test_the_password_alone_opens_nothing_any_more(bound):
    browser = Client()
    sign_in(browser)
    assert browser.get("/me/").status_code == 302
    assert browser.get("/login/code/").status_code == 200


def test_the_right_digits_open_once_only(bound):
    _, secret, _ = bound
    assert enter(code_now(secret)) == 302
    assert enter(code_now(secret)) == 422


def test_a_clock_half_a_minute_off_does_no_harm(bound, clock):
    _, secret, _ = bound
    early = code_now(secret)
    clock.shift(30)
    assert enter(early) == 302


def test_a_recovery_code_opens_once_only(bound):
    _, _, codes = bound
    assert len(codes) == 10
    assert enter(codes[0].upper().replace("-", " ")) == 302
    assert enter(codes[0]) == 422


def test_the_own_page_tells_how_many_recovery_codes_are_left(bound):
    browser, _, codes = bound
    enter(codes[0])
    assert browser.get("/me/").context["codes_left"] == 9


def test_one_is_bound_whoever_else_is(bound, make_account, clock):
    make_account("wanglei")
    browser = Client()
    sign_in(browser, username="wanglei")
    secret = secret_on(browser.get("/me/totp/"))
    answer = browser.post("/me/totp/", {"code": code_now(secret)})
    assert answer.status_code == 200
    assert Account.objects.get(username="wanglei").has_totp


def test_guessing_digits_is_slowed_down(bound):
    _, secret, _ = bound
    browser = Client()
    sign_in(browser)
    for _ in range(5):
        browser.post("/login/code/", {"code": "000000"})
    assert browser.post("/login/code/", {"code": code_now(secret)}).status_code == 422


def test_the_code_page_waits_five_minutes_and_knows_no_stranger(bound, clock):
    assert Client().get("/login/code/").headers["Location"] == "/login/"
    browser = Client()
    sign_in(browser)
    clock.shift(301)
    assert browser.get("/login/code/").headers["Location"] == "/login/"


def test_neither_secret_nor_codes_can_be_read_in_the_database(bound, li_mei):
    _, secret, codes = bound
    stored = str(Account.objects.filter(pk=li_mei.pk).values()) + str(RecoveryCode.objects.values())
    assert secret not in stored
    assert not any(code.replace("-", "") in stored for code in codes)


def test_unbinding_and_new_codes_take_the_password(bound, li_mei):
    browser, _, codes = bound
    for address in ("/me/totp/remove/", "/me/recovery-codes/"):
        assert browser.post(address, {"password": "wrong"}).status_code == 422
    browser.post("/me/recovery-codes/", {"password": PASSWORD})
    assert enter(codes[1]) == 422
    browser.post("/me/totp/remove/", {"password": PASSWORD})
    assert not Account.objects.get(pk=li_mei.pk).has_totp
    assert not RecoveryCode.objects.exists()


def test_every_step_is_logged_without_personal_data(bound, li_mei):
    events = AuditEvent.objects.filter(object_id=li_mei.pk)
    assert "account.totp_bound" in events.values_list("verb", flat=True)
    assert "limei" not in str(list(events.values("label", "changes")))
