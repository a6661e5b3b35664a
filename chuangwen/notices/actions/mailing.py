"""Sending the e-mails that wait. Never called in a request: a mail server may take its time."""

import datetime
import smtplib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from chuangwen.audit.actions import Entry, record_all
from chuangwen.kit import clock
from chuangwen.notices.enums import DeliveryState
from chuangwen.notices.links import path_of
from chuangwen.notices.models import Delivery, Notice
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

LEASE = datetime.timedelta(minutes=10)
# After each failed attempt; then the message is given up and shown to the administrator.
DELAYS = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
AT_ONCE = 100
FOOTER = "本邮件由创文工作平台自动发出，请勿回复。要调整接收的种类，请登录后打开“通知设置”。"


@dataclass(frozen=True)
class Sent:
    """How many messages left, and how many did not."""

    sent: int = 0
    failed: int = 0


def send_waiting_mail() -> Sent:
    """Send the tenant's e-mails whose time has come; stop when the server cannot be reached.

    A message is claimed before and marked after it is sent: a process that dies in between leaves
    it to be sent once more, under the same Message-ID, and never not at all.
    """
    sent = failed = 0
    connection = get_connection()
    try:
        while sent + failed < AT_ONCE and (delivery := _claim()) is not None:
            problem, is_servers = _send(delivery, connection)
            if not problem:
                _mark_sent(delivery)
                sent += 1
                continue
            _note_failure(delivery, problem, hopeless=problem.startswith("收件地址"))
            failed += 1
            if is_servers:
                break
    finally:
        connection.close()
    return Sent(sent, failed)


@transaction.atomic
def retry_mail(*, by: Actor) -> int:
    """Try all that was given up or waits once more, now; return how many."""
    by.require(Permission.MANAGE_ACCOUNTS)
    stuck = Delivery.objects.filter(state__in=[DeliveryState.FAILED, DeliveryState.WAITING])
    first = stuck.exclude(attempts=0).order_by("pk").first()
    if first is None:
        return 0
    number = stuck.exclude(attempts=0).update(
        state=DeliveryState.WAITING, attempts=0, next_at=clock.now()
    )
    entry = Entry("mail.retried", first, {"number": number}, label="邮件")
    record_all(by=by, entries=[entry])
    return number


@transaction.atomic
def _claim() -> Delivery | None:
    """Take the message that has waited longest, for as long as sending may take."""
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=clock.now())
    waiting = due.select_related("notice__recipient").order_by("next_at", "pk")
    delivery = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if delivery is not None:
        delivery.attempts += 1
        delivery.next_at = clock.now() + LEASE
        delivery.save(update_fields=["attempts", "next_at"])
    return delivery


def _send(delivery: Delivery, connection: BaseEmailBackend) -> tuple[str, bool]:
    """Return what went wrong in words, empty when nothing; and whether the server is at fault."""
    recipient = delivery.notice.recipient
    if not (recipient.is_active and recipient.email):
        return "收件地址已不存在，或账号已停用", False
    try:
        _message(delivery.notice, delivery, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = sorted({code for code, _text in error.recipients.values()})
        hopeless = all(code >= 500 for code in codes)
        named = "、".join(map(str, codes))
        return f"{'收件地址被拒绝' if hopeless else '邮件服务器暂不接收'}（{named}）", False
    except (OSError, smtplib.SMTPException) as error:
        return f"邮件服务器：{type(error).__name__} {error}", True
    return "", False


def _message(notice: Notice, delivery: Delivery, connection: BaseEmailBackend) -> EmailMessage:
    path = path_of(notice.about_kind, notice.about_id)
    link = f"{settings.CHUANGWEN_ADDRESS}{path}" if settings.CHUANGWEN_ADDRESS and path else ""
    parts = [notice.subject, notice.body, link, FOOTER]
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "chuangwen"
    return EmailMessage(
        subject=f"〔创文〕{notice.subject}",
        body="\n\n".join(part for part in parts if part),
        to=[notice.recipient.email],
        headers={"Message-ID": f"<{delivery.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )


def _mark_sent(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING).update(
        state=DeliveryState.SENT, sent_at=clock.now(), error=""
    )


def _note_failure(delivery: Delivery, problem: str, *, hopeless: bool) -> None:
    """Put the message off, longer each time; give up when it was tried often enough."""
    given_up = hopeless or delivery.attempts > len(DELAYS)
    delay = DELAYS[min(delivery.attempts, len(DELAYS)) - 1]
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.FAILED if given_up else DeliveryState.WAITING,
        next_at=clock.now() + delay,
        error=problem[:300],
    )
