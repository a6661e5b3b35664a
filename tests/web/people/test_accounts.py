"""赵敏 and 刘洋 administer accounts at their browsers; each sees only the own buttons."""

import re

import pytest
from django.test import Client

from chuangwen.people.models import Account
from chuangwen.people.permissions import Permission
from chuangwen.people.roles import DISTRICT_WIDE, WITHIN_UNIT, Role

from .conftest import PASSWORD, sign_in


def browser_of(make_account, username: str, role: Role) -> Client:
    make_account(username, role, unit="区创文办")
    browser = Client()
    sign_in(browser, username)
    return browser


@pytest.fixture
def zhao_min(make_account) -> Client:
    return browser_of(make_account, "zhaomin", Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def liu_yang(make_account) -> Client:
    return browser_of(make_account, "liuyang", Role.SECURITY_ADMINISTRATOR)


def test_she_makes_an_account_and_hands_over_the_password_once(zhao_min):
    answer = zhao_min.post("/accounts/new/", {"username": "wanglei", "name": "王磊"})
    password = re.search(r'one-time-password">([^<]+)<', answer.content.decode())[1]
    browser = Client()
    sign_in(browser, "wanglei", password)
    assert browser.get("/").headers["Location"] == "/password/"
    account = Account.objects.get(username="wanglei")
    assert password not in zhao_min.get(f"/accounts/{account.pk}/").content.decode()


def test_a_refused_account_keeps_the_form(zhao_min, li_mei):
    answer = zhao_min.post("/accounts/new/", {"username": "limei", "name": "李梅二"})
    assert answer.status_code == 422
    assert "已被使用" in answer.content.decode()
    assert "李梅二" in answer.content.decode()


def test_the_list_finds_by_name_role_and_state(zhao_min, li_mei, make_account):
    make_account("gone", is_active=False, name="陈走")
    for query, found, missing in (
        ("text=李", "limei", "zhaomin"),
        ("role=clerk", "limei", "zhaomin"),
        ("state=disabled", "gone", "limei"),
    ):
        page = zhao_min.get(f"/accounts/?{query}").content.decode()
        assert f">{found}</a>" in page
        assert f">{missing}</a>" not in page


def test_the_list_asks_at_most_eight_times(
    zhao_min, make_account, li_mei, django_assert_max_num_queries
):
    for number in range(3):
        make_account(f"clerk{number}", Role.CLERK, unit=f"第{number}局")
    with django_assert_max_num_queries(8):
        zhao_min.get("/accounts/")
    with django_assert_max_num_queries(8):
        zhao_min.get(f"/accounts/{li_mei.pk}/")


def test_the_security_page_of_an_account_asks_at_most_eight_times(
    liu_yang, li_mei, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        liu_yang.get(f"/accounts/{li_mei.pk}/")


def test_resetting_signs_out_and_disabling_locks_out(zhao_min, signed_in, li_mei):
    zhao_min.post(f"/accounts/{li_mei.pk}/password/")
    assert signed_in.get("/me/").status_code == 302
    assert sign_in(Client()).status_code == 422
    zhao_min.post(f"/accounts/{li_mei.pk}/active/", {"active": "0"})
    assert not Account.objects.get(pk=li_mei.pk).is_active
    zhao_min.post(f"/accounts/{li_mei.pk}/active/", {"active": "1"})
    assert Account.objects.get(pk=li_mei.pk).is_active


def test_she_edits_the_person(zhao_min, li_mei):
    zhao_min.post(f"/accounts/{li_mei.pk}/edit/", {"name": "李小梅", "email": "x"})
    assert Account.objects.get(pk=li_mei.pk).name == "李梅"
    zhao_min.post(f"/accounts/{li_mei.pk}/edit/", {"name": "李小梅"})
    assert Account.objects.get(pk=li_mei.pk).name == "李小梅"


def test_he_grants_and_takes_back_a_role(liu_yang, li_mei):
    address = f"/accounts/{li_mei.pk}/"
    liu_yang.post(f"{address}roles/", {"unit": "区创文办", "role": "office"})
    post = li_mei.memberships.get(role=Role.OFFICE)
    assert "创文办工作人员" in liu_yang.get(address).content.decode()
    liu_yang.post(f"{address}roles/{post.pk}/end/")
    assert "（已结束）" in liu_yang.get(address).content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"unit": "市城管居"}, "未找到单位“市城管居”"),
        ({"unit": "区发改局", "role": "clerk"}, "不必再授予"),
        ({"role": "king"}, "king"),
    ],
)
def test_a_refused_grant_says_why_on_the_page(liu_yang, li_mei, given, said):
    filled = {"unit": "区创文办", "role": "office", **given}
    answer = liu_yang.post(f"/accounts/{li_mei.pk}/roles/", filled)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_he_cannot_grant_to_himself(liu_yang):
    own = Account.objects.get(username="liuyang")
    answer = liu_yang.post(f"/accounts/{own.pk}/roles/", {"unit": "区创文办", "role": "office"})
    assert answer.status_code == 403
    assert "自己" in answer.content.decode()


def test_he_signs_somebody_out(liu_yang, signed_in, li_mei):
    handle = li_mei.sessions.get().handle
    liu_yang.post(f"/accounts/{li_mei.pk}/sessions/end/", {"handle": handle})
    assert signed_in.get("/me/").status_code == 302
    sign_in(signed_in)
    liu_yang.post(f"/accounts/{li_mei.pk}/sessions/end/")
    assert signed_in.get("/me/").status_code == 302


def test_he_sees_and_lifts_a_block(liu_yang, li_mei):
    browser = Client()
    for _ in range(6):
        sign_in(browser, password="wrong")
    assert "limei" in liu_yang.get("/login-failures/").content.decode()
    liu_yang.post(f"/accounts/{li_mei.pk}/unblock/")
    assert sign_in(browser).status_code == 302
    assert liu_yang.post(f"/accounts/{li_mei.pk}/unblock/").status_code == 404


def test_the_roles_page_says_what_the_tables_say(liu_yang):
    page = liu_yang.get("/roles/").content.decode()
    for permission in Permission:
        assert permission.value in page
    for role in Role:
        assert role.label in page
    assert page.count(">全区</td>") == sum(map(len, DISTRICT_WIDE.values()))
    both = sum(len(WITHIN_UNIT[role] & DISTRICT_WIDE.get(role, set())) for role in WITHIN_UNIT)
    assert page.count(">本单位</td>") == sum(map(len, WITHIN_UNIT.values())) - both


def test_a_lost_phone_is_unbound_by_him(liu_yang, li_mei):
    li_mei.totp_secret = "x"
    li_mei.save()
    liu_yang.post(f"/accounts/{li_mei.pk}/totp/remove/")
    assert sign_in(Client(), password=PASSWORD).headers["Location"] == "/"
