"""E-mails: who gets one, what happens when the server fails, dies in between, or refuses."""

import datetime
import smtplib
import socket

import pytest
from django.core import mail
from django.core.mail.backends.smtp import EmailBackend
from django.test import Client

from chuangwen.audit.models import AuditEvent
from chuangwen.kit import clock
from chuangwen.kit.environment import InvalidSetting
from chuangwen.mail import email_settings
from chuangwen.notices.actions import mailing, routing
from chuangwen.notices.actions.choosing import choose_mail
from chuangwen.notices.actions.mailing import DELAYS, retry_mail, send_waiting_mail
from chuangwen.notices.actions.routing import route_notices
from chuangwen.notices.enums import NoticeKind
from chuangwen.notices.models import Delivery
from chuangwen.people.roles import Role


@pytest.fixture(autouse=True)
def mail_server(settings):
    """Django's test mailbox stands for the server."""
    settings.CHUANGWEN_SENDS_EMAIL = True
    settings.CHUANGWEN_ADDRESS = "https://cw.example.gov.cn"


@pytest.fixture
def xitong(hire, unit):
    return hire("赵敏", Role.SYSTEM_ADMINISTRATOR, unit)


def later(**delay) -> None:
    """Let the time come for what waits."""
    due = clock.now() - datetime.timedelta(seconds=1)
    Delivery.objects.filter(state="waiting").update(next_at=due)


def refuse(monkeypatch, error: Exception) -> None:
    def send(self):
        raise error

    monkeypatch.setattr(mailing.EmailMessage, "send", send)


def test_those_with_an_address_get_an_e_mail_with_its_link(give, unit, li_mei, zhang_wei):
    (part,) = give(unit)
    route_notices()
    assert send_waiting_mail().sent == 1
    (message,) = mail.outbox
    assert message.to == ["limei@example.gov.cn"]
    assert message.subject == "〔创文〕新任务：停车泊位应划尽划"
    assert f"https://cw.example.gov.cn/plan/parts/{part.pk}/" in message.body
    assert Delivery.objects.get().state == "sent"


def test_nothing_is_sent_twice(give, unit, li_mei):
    give(unit)
    for _ in range(2):
        route_notices()
        send_waiting_mail()
    assert len(mail.outbox) == 1
    assert Delivery.objects.count() == 1


def test_what_exceeds_one_step_is_not_forgotten(give, unit, li_mei, zhang_wei, monkeypatch):
    monkeypatch.setattr(routing, "AT_ONCE", 1)
    give(unit)
    give(unit, title="垃圾分类投放点")
    assert route_notices() == 2
    assert Delivery.objects.count() == 2


def test_a_person_chooses_by_kind(give, unit, li_mei):
    choose_mail(kinds=[NoticeKind.URGED], by=li_mei.actor)
    give(unit)
    route_notices()
    assert not Delivery.objects.exists()
    client = Client()
    client.force_login(li_mei.account)
    form = {"kind": ["task_dispatched"], "email": "limei@example.gov.cn"}
    client.post("/notices/settings/", form)
    give(unit, title="第二项")
    route_notices()
    assert Delivery.objects.get().notice.subject == "新任务：第二项"


def test_a_person_sets_the_own_address_and_the_log_keeps_it_out(zhang_wei):
    client = Client()
    client.force_login(zhang_wei.account)
    refused = client.post("/notices/settings/", {"email": "张伟"})
    assert refused.status_code == 422
    client.post("/notices/settings/", {"email": "zw@example.gov.cn", "kind": ["urged"]})
    zhang_wei.account.refresh_from_db()
    assert zhang_wei.account.email == "zw@example.gov.cn"
    event = AuditEvent.objects.get(verb="account.edited")
    assert event.changes == {"fields": ["email"]}


def test_without_a_server_nothing_piles_up_for_later(give, unit, li_mei, settings):
    settings.CHUANGWEN_SENDS_EMAIL = False
    give(unit)
    settings.CHUANGWEN_SENDS_EMAIL = True
    route_notices()
    assert not Delivery.objects.exists()


def test_an_unreachable_server_delays_longer_each_time_and_then_gives_up(
    give, unit, li_mei, settings
):
    """The real backend against a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    give(unit)
    route_notices()
    waits = []
    for _ in range(len(DELAYS) + 1):
        before = clock.now()
        assert send_waiting_mail().failed == 1
        delivery = Delivery.objects.get()
        assert "ConnectionRefusedError" in delivery.error
        waits.append(delivery.next_at - before)
        assert send_waiting_mail().failed == 0  # its time has not come
        later()
    assert waits[0] < datetime.timedelta(minutes=2) < waits[1] < waits[2]
    assert Delivery.objects.get().state == "failed"


def test_one_dead_server_does_not_hold_up_the_worker_for_every_message(
    give, unit, li_mei, monkeypatch
):
    for number in range(5):
        give(unit, title=f"任务{number}")
    route_notices()
    refuse(monkeypatch, smtplib.SMTPServerDisconnected("gone"))
    assert send_waiting_mail().failed == 1
    assert Delivery.objects.filter(attempts=0).count() == 4


def test_a_refused_address_is_given_up_at_once_and_the_next_is_tried(
    give, unit, li_mei, hire, monkeypatch
):
    hire("王五", Role.CLERK, unit, email="w@example.gov.cn")
    give(unit)
    route_notices()
    refuse(monkeypatch, smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")}))
    assert send_waiting_mail().failed == 2
    assert set(Delivery.objects.values_list("state", "error")) == {
        ("failed", "收件地址被拒绝（550）")
    }


def test_a_sender_that_dies_leaves_the_message_to_the_next(give, unit, li_mei, monkeypatch):
    give(unit)
    route_notices()
    refuse(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        send_waiting_mail()
    monkeypatch.undo()
    assert send_waiting_mail().sent == 0  # the lease of the dead one runs
    later()
    assert send_waiting_mail().sent == 1
    assert len(mail.outbox) == 1


def test_the_administrator_sees_failures_without_their_words_and_retries(
    give, unit, li_mei, xitong, monkeypatch
):
    give(unit, title="机密的任务名")
    route_notices()
    refuse(monkeypatch, smtplib.SMTPRecipientsRefused({"x": (550, b"no")}))
    send_waiting_mail()
    client = Client()
    client.force_login(xitong.account)
    page = client.get("/notices/deliveries/?state=failed").content.decode()
    assert "收件地址被拒绝（550）" in page
    assert "机密的任务名" not in page
    client.post("/notices/deliveries/")
    assert Delivery.objects.get().state == "waiting"
    monkeypatch.undo()
    assert send_waiting_mail().sent == 1
    assert retry_mail(by=xitong.actor) == 0


def test_the_office_does_not_see_the_administrators_page(wang_fang):
    client = Client()
    client.force_login(wang_fang.account)
    assert client.get("/notices/deliveries/").status_code == 403


@pytest.mark.usefixtures("li_mei")
@pytest.mark.parametrize("number", [1, 3])
def test_the_administrators_page_asks_as_often(
    give, unit, xitong, number, django_assert_max_num_queries
):
    for each in range(number):
        give(unit, title=str(each))
    route_notices()
    client = Client()
    client.force_login(xitong.account)
    with django_assert_max_num_queries(5):
        assert client.get("/notices/deliveries/").status_code == 200


class TestOffsetsPage:
    @pytest.fixture
    def office(self, wang_fang):
        client = Client()
        client.force_login(wang_fang.account)
        return client

    def test_the_office_changes_the_offsets(self, office):
        assert "5、1" in office.get("/notices/reminders/").content.decode()
        form = {"before": "10，2", "on_day": "on", "after": "", "then_every": "0", "version": "0"}
        answer = office.post("/notices/reminders/", form, follow=True)
        assert "10、2" in answer.content.decode()
        assert office.post("/notices/reminders/", form).status_code == 409

    @pytest.mark.parametrize(("before", "said"), [("五", "“五”不是数字"), ("99", "“99”超出范围")])
    def test_nonsense_comes_back_as_typed(self, office, before, said):
        form = {"before": before, "after": "1", "then_every": "5", "version": "0"}
        answer = office.post("/notices/reminders/", form)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert f'value="{before}"' in answer.content.decode()


class TestAddressOfTheServer:
    def test_schemes(self):
        found = email_settings("smtp+tls://u%40x:p%3A@mail.example.gov.cn")
        assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (587, True)
        assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("u@x", "p:")
        EmailBackend(host="x", use_tls=found["EMAIL_USE_TLS"], use_ssl=found["EMAIL_USE_SSL"])
        assert email_settings("smtps://mail:994")["EMAIL_PORT"] == 994

    @pytest.mark.parametrize("url", ["http://u:geheim@x", "smtp://", "smtp://u:geheim@h:abc"])
    def test_a_bad_address_is_refused_without_showing_the_password(self, url):
        with pytest.raises(InvalidSetting) as refused:
            email_settings(url)
        assert "geheim" not in str(refused.value)
