"""李梅 replaces her one-time password before anything else, and by the rules in force."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from chuangwen.kit import clock
from chuangwen.people.models import Account
from chuangwen.people.passwords import ProfileValidator, one_time_password
from chuangwen.people.roles import Role

from .conftest import PASSWORD, sign_in

NEW = "攀枝花开-满城红-2022"


def change(client, old=PASSWORD, new=NEW, again=NEW):
    return client.post("/password/", {"old": old, "new": new, "again": again})


def test_a_one_time_password_has_to_be_replaced_first(client, make_account):
    make_account("limei", Role.CLERK, must_change_password=True)
    sign_in(client)
    assert client.get("/").headers["Location"] == "/password/"
    assert "一次性口令" in client.get("/password/").content.decode()
    assert change(client).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_signing_out_is_possible_before(client, make_account):
    make_account("limei", must_change_password=True)
    sign_in(client)
    assert client.post("/logout/").headers["Location"] == "/login/"


def test_changing_it_signs_out_the_other_devices_only(signed_in, li_mei):
    phone = Client()
    sign_in(phone)
    change(signed_in)
    assert signed_in.get("/me/").status_code == 200
    assert phone.get("/me/").status_code == 302
    assert Account.objects.get(pk=li_mei.pk).check_password(NEW)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"old": "wrong"}, "原口令不正确"),
        ({"again": "other"}, "两次输入的新口令不同"),
        ({"new": PASSWORD, "again": PASSWORD}, "新口令与原口令相同"),
        ({"new": "short", "again": "short"}, "请至少用 12 位"),
        ({"new": "limei-limei-2021", "again": "limei-limei-2021"}, "含有登录名"),
    ],
)
def test_a_refused_change_says_why(signed_in, li_mei, given, said):
    answer = change(signed_in, **given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Account.objects.get(pk=li_mei.pk).check_password(PASSWORD)


def refused(password: str) -> str:
    try:
        ProfileValidator().validate(password)
    except ValidationError as error:
        return "".join(error.messages)
    return ""


@pytest.mark.parametrize("password", ["创文办的同志们早上好呀大家", "correct horse battery staple"])
def test_asvs_takes_any_long_sentence(settings, password):
    settings.CHUANGWEN_PASSWORD_PROFILE = "asvs"
    assert refused(password) == ""


@pytest.mark.parametrize(
    "password", ["chuangwen2021", "password1234", "1qaz2wsx3edc", "qwertyuiopasdf"]
)
def test_common_passwords_are_refused(settings, password):
    settings.CHUANGWEN_PASSWORD_PROFILE = "asvs"
    assert "常见口令" in refused(password)


@pytest.mark.parametrize("password", ["aaaaaaaaaaaaaa", "121212121212"])
def test_so_are_passwords_of_two_letters(password):
    assert refused(password)


def test_four_different_characters_are_enough(settings):
    settings.CHUANGWEN_PASSWORD_PROFILE = "asvs"
    assert "两三种字符" in refused("gzq" * 5)
    assert refused("gzqx" * 5) == ""


def test_dengbao_wants_three_classes(settings):
    settings.CHUANGWEN_PASSWORD_PROFILE = "dengbao"
    assert "三类" in refused("dongquwenming9")
    assert refused("Dongqu-wen9") == ""
    assert "至少用 10 位" in refused("Dq-wen9")


@pytest.mark.parametrize("profile", ["asvs", "dengbao"])
def test_one_time_passwords_satisfy_either_profile_and_differ(settings, profile):
    settings.CHUANGWEN_PASSWORD_PROFILE = profile
    made = {one_time_password() for _ in range(20)}
    assert len(made) == 20
    assert not any(refused(password) for password in made)


def test_dengbao_wants_a_new_one_after_ninety_days(signed_in, li_mei, settings):
    settings.CHUANGWEN_PASSWORD_PROFILE = "dengbao"
    for days, status in ((91, 302), (89, 200)):
        li_mei.password_changed_at = clock.now() - datetime.timedelta(days=days)
        li_mei.save()
        assert signed_in.get("/").status_code == status
