"""Signing in through the city's identity service: only what it vouches for, for this browser."""

import socket
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from chuangwen.audit.models import AuditEvent
from chuangwen.people.models import Account

from .conftest import sign_in
from .identity_service import CLIENT, OTHER_KEY, SECRET, serving


@pytest.fixture
def service(settings, li_mei):
    with serving() as found:
        settings.CHUANGWEN_OIDC_ISSUER = settings.CHUANGWEN_CAS_URL = found.address
        settings.CHUANGWEN_OIDC_CLIENT_ID, settings.CHUANGWEN_OIDC_CLIENT_SECRET = CLIENT, SECRET
        yield found


def leave(client, service, target="/units/") -> dict[str, str]:
    """Go to the identity service; return what it was asked."""
    answer = client.get("/login/oidc/", {"next": target})
    assert answer.status_code == 302, answer.content.decode()
    assert answer.headers["Location"].startswith(f"{service.address}/in?")
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    asked = {name: values[0] for name, values in query.items()}
    service.challenge, service.nonce = asked["code_challenge"], asked["nonce"]
    return asked


def come_back(client, asked, **instead):
    return client.get("/login/oidc/back/", {"code": "abc", "state": asked["state"], **instead})


def is_in(client) -> bool:
    return client.get("/me/").status_code == 200


def refused(client, answer, *words, status=422) -> bool:
    text = answer.content.decode()
    assert answer.status_code == status, text
    for word in words:
        assert word in text
    return not is_in(client) and not AuditEvent.objects.filter(verb="account.signed_in").exists()


def test_the_log_in_page_offers_both_ways_and_keeps_the_target(client, service):
    page = client.get("/login/?next=/units/").content.decode()
    assert 'href="/login/oidc/?next=%2Funits%2F"' in page
    assert 'href="/login/cas/?next=%2Funits%2F"' in page


def test_a_person_whom_the_service_vouches_for_is_in(client, service, li_mei):
    Account.objects.filter(pk=li_mei.pk).update(must_change_password=True)  # has none here
    asked = leave(client, service)
    assert asked["redirect_uri"] == "http://testserver/login/oidc/back/"
    before = client.session.session_key
    answer = come_back(client, asked)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/units/")
    assert client.get("/units/").status_code == 200
    assert client.session.session_key != before
    event = AuditEvent.objects.get(verb="account.signed_in")
    assert (event.account_id, event.changes) == (li_mei.pk, {"means": "oidc"})


def test_whoever_has_a_one_time_code_is_asked_for_it(client, service, li_mei):
    Account.objects.filter(pk=li_mei.pk).update(totp_secret="sealed")
    answer = come_back(client, leave(client, service))
    assert answer.headers["Location"] == "/login/code/"
    assert not is_in(client)


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"nonce": "another"}, "与本次登录不符"),
        ({"nonce": None}, "与本次登录不符"),
        ({"aud": "another"}, "不是签发给本系统的"),
        ({"aud": [CLIENT, "another"]}, "不是签发给本系统的"),
        ({"iss": "https://elsewhere.example"}, "签发者不符"),
        ({"exp": 1_600_000_000}, "已过期"),
        ({"exp": None}, "签名或内容不符"),
        ({"iat": 4_000_000_000}, "签名或内容不符"),
        ({"preferred_username": None}, "preferred_username"),
        ({"preferred_username": 7}, "preferred_username"),
        ({"preferred_username": "nobody"}, "没有可用的账号"),
        ({"preferred_username": "limei\0"}, "没有可用的账号"),
        ({"preferred_username": "LIMEI"}, "没有可用的账号"),
    ],
)
def test_a_token_that_does_not_fit_lets_nobody_in(client, service, claims, words):
    asked = leave(client, service)
    service.claims = claims
    assert refused(client, come_back(client, asked), words)


@pytest.mark.parametrize("forged", ["none", "HS256", "another key"])
def test_a_forged_signature_lets_nobody_in(client, service, forged):
    asked = leave(client, service)
    if forged == "another key":
        service.key = OTHER_KEY
    else:
        service.algorithm, service.key = forged, "x" * 64
    assert refused(client, come_back(client, asked), "签名或内容不符")


def test_another_browser_or_a_second_time_is_refused(client, service):
    asked = leave(client, service)
    assert refused(client, come_back(Client(), asked), "不是从本页开始的")
    assert refused(client, come_back(client, asked, state="another"), "不是同一次")
    assert refused(client, come_back(client, asked), "不是从本页开始的")
    assert "/token" not in service.asked


def test_too_late_is_refused(client, service):
    asked = leave(client, service)
    session = client.session
    session["_sign_on"] = session["_sign_on"] | {"since": 1.0}
    session.save()
    assert refused(client, come_back(client, asked), "超过十分钟")


def test_a_service_that_says_no_is_told_in_words(client, service):
    answer = come_back(client, leave(client, service), code="", error="access_denied")
    assert refused(client, answer, "没有同意登录")


def test_a_disabled_account_stays_out(client, service, li_mei):
    Account.objects.filter(pk=li_mei.pk).update(is_active=False)
    assert refused(client, come_back(client, leave(client, service)), "没有可用的账号")


def test_a_service_that_is_down_leaves_the_password(client, settings, li_mei):
    with serving() as gone:
        settings.CHUANGWEN_OIDC_ISSUER = settings.CHUANGWEN_CAS_URL = gone.address
    assert refused(client, client.get("/login/oidc/"), "没有正常应答", "口令", status=502)
    client.get("/login/cas/")
    answer = client.get("/login/cas/back/", {"ticket": "ST-1"})
    assert refused(client, answer, "没有正常应答", status=502)
    assert sign_in(client).status_code == 302


def test_a_service_that_does_not_speak_http_is_told_in_words(client, settings, li_mei):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        settings.CHUANGWEN_OIDC_ISSUER = f"http://127.0.0.1:{port}"

        def answer():
            connection, _ = listening.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        page = client.get("/login/oidc/")
        thread.join()
    assert refused(client, page, "没有正常应答", status=502)


def test_a_service_under_another_name_is_not_believed(client, service):
    service.description = {"issuer": "https://elsewhere.example"}
    assert refused(client, client.get("/login/oidc/"), "签发地址与配置不同", status=502)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/", 7])
def test_only_web_addresses_are_asked(client, service, address):
    asked = leave(client, service)
    service.description = {"token_endpoint": address}
    assert refused(client, come_back(client, asked), status=502)


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "a:b"])
@pytest.mark.parametrize("means", ["oidc", "cas"])
def test_nobody_is_sent_elsewhere_after_signing_in(client, service, means, target):
    if means == "oidc":
        answer = come_back(client, leave(client, service, target))
    else:
        answer = come_back_with_ticket(client, service, target)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def come_back_with_ticket(client, service, target="/units/", ticket="ST-1"):
    answer = client.get("/login/cas/", {"next": target})
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert query["service"] == ["http://testserver/login/cas/back/"]
    service.tickets.setdefault(ticket, query["service"][0])
    return client.get("/login/cas/back/", {"ticket": ticket})


def test_a_ticket_opens_once(client, service):
    answer = come_back_with_ticket(client, service)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/units/")
    assert is_in(client)
    other = Client()
    other.get("/login/cas/")
    again = other.get("/login/cas/back/", {"ticket": "ST-1"})
    assert again.status_code == 422
    assert "已用过" in again.content.decode()
    assert not is_in(other)


def test_a_ticket_for_another_service_or_none_opens_nothing(client, service):
    service.tickets["ST-2"] = "https://elsewhere.example/"
    assert refused(client, come_back_with_ticket(client, service, ticket="ST-2"), "票据无效")
    client.get("/login/cas/")
    assert refused(client, client.get("/login/cas/back/"), "没有带回有效的票据")


def test_a_ticket_brought_by_a_stranger_is_not_even_asked_about(client, service):
    service.tickets["ST-3"] = "http://testserver/login/cas/back/"
    answer = client.get("/login/cas/back/", {"ticket": "ST-3"})
    assert refused(client, answer, "不是从本页开始的")
    assert service.asked == []


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "limei"><!ENTITY b "&a;&a;&a;&a;">]>
<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationSuccess>
<cas:user>&a;</cas:user></cas:authenticationSuccess></cas:serviceResponse>"""


@pytest.mark.parametrize(
    "answer",
    [
        BOMB.encode(),
        BOMB.encode("utf-16"),
        b"<html>",
        b"<html/>",
        b"x" * 300_000,
        b"<a>" * 20_000,
        b'<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"/>',
    ],
)
def test_an_answer_that_is_none_lets_nobody_in(client, service, answer):
    service.cas_answer = answer
    assert refused(client, come_back_with_ticket(client, service), status=502)


def test_disabled_and_unknown_people_stay_out_by_ticket_too(client, service, li_mei):
    service.person = "nobody"
    assert refused(client, come_back_with_ticket(client, service), "没有可用的账号")
    Account.objects.filter(pk=li_mei.pk).update(is_active=False)
    service.person = "limei"
    again = come_back_with_ticket(client, service, ticket="ST-9")
    assert refused(client, again, "没有可用的账号")
