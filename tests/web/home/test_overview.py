"""The state of the installation, in three separated parts."""

import datetime

import pytest
from django.test import Client

from chuangwen.audit.models import AuditEvent
from chuangwen.kit import clock
from chuangwen.operations import marks, schedule
from chuangwen.operations.marks import mark
from chuangwen.operations.models import Mark, MarkKind
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, LoginAttempt
from chuangwen.people.roles import Role
from tests.web.signing import sign_in

SYSTEM, SECURITY, AUDIT = (
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
)
PARTS = {SYSTEM: "数据库", SECURITY: "正在锁定", AUDIT: "最近的校验"}


@pytest.fixture
def administrators(tenant, system) -> dict[Role, Client]:
    office = create_unit(name="区创文办", kind=UnitKind.GOVERNMENT, by=system)
    return {role: sign_in(tenant, role.value, office, role) for role in PARTS}


def overview(client: Client) -> str:
    answer = client.get("/overview/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", sorted(PARTS))
def test_each_administrator_sees_the_own_part_only(administrators, role):
    page = overview(administrators[role])
    assert [part for part in PARTS if PARTS[part] in page] == [role]


def test_worker_and_backup_are_told_by_their_marks(administrators):
    assert "没有运行过" in overview(administrators[SYSTEM])
    assert "没有记录" in overview(administrators[SYSTEM])
    for kind in MarkKind:
        mark(kind)
    page = overview(administrators[SYSTEM])
    assert "运行中" in page
    assert "没有记录" not in page
    Mark.objects.update(happened_at=clock.now() - datetime.timedelta(days=3))
    page = overview(administrators[SYSTEM])
    assert "已停止" in page
    assert "已超过两天" in page


def test_a_machine_without_a_worker_sees_that_of_another(administrators, monkeypatch):
    """Web machines share the database and nothing else."""
    for name in ("worker-1", "worker-2"):
        monkeypatch.setattr(marks, "machine", lambda name=name: name)
        for kind in MarkKind:
            mark(kind)
            mark(kind)  # again: still one mark for each machine
    assert Mark.objects.count() == 4
    assert "运行中：worker-1、worker-2" in overview(administrators[SYSTEM])
    stopped = Mark.objects.filter(machine="worker-1", kind=MarkKind.WORKER)
    stopped.update(happened_at=clock.now() - datetime.timedelta(hours=1))
    page = overview(administrators[SYSTEM])
    assert "运行中：worker-2" in page
    assert "（worker-2）" in page


def test_the_clockwork_leaves_its_mark_even_when_its_work_fails(administrators, monkeypatch):
    ticker = schedule.Ticker()

    def fail() -> None:
        ticker._stopped.set()
        raise RuntimeError("the database is away")

    monkeypatch.setattr(schedule, "do_what_is_due", fail)
    # The connection is this test's, with its transaction open; a thread of its own has its own.
    monkeypatch.setattr(schedule, "close_old_connections", lambda: None)
    ticker.run()
    assert "运行中" in overview(administrators[SYSTEM])


def test_dangerous_settings_are_named(administrators, settings):
    settings.SECRET_KEY_FALLBACKS = []
    assert "CHUANGWEN_HTTPS=1" in overview(administrators[SYSTEM])
    settings.SESSION_COOKIE_SECURE = True
    settings.CHUANGWEN_TODAY = None
    page = overview(administrators[SYSTEM])
    assert "CHUANGWEN_HTTPS" not in page
    settings.CHUANGWEN_DEMONSTRATION = True
    settings.ALLOWED_HOSTS = ["*"]
    page = overview(administrators[SYSTEM])
    assert "演示账号的口令是公开的" in page
    assert "CHUANGWEN_HOSTS=*" in page


def test_failures_and_administrators_with_a_password_alone_are_counted(administrators, tenant):
    page = overview(administrators[SECURITY])
    assert "3 人" in page
    person = Account.objects.get(username=SYSTEM.value)
    Account.objects.filter(pk=person.pk).update(totp_secret="sealed")
    now = clock.now()
    until = now + datetime.timedelta(minutes=1)
    for number in range(2):  # by name, and by name and address
        LoginAttempt.objects.create(
            key=str(number), account=person, failures=6, last_failed_at=now, blocked_until=until
        )
    page = overview(administrators[SECURITY])
    assert "2 人" in page
    assert "1 个" in page
    assert "2 处" in page


def test_a_check_of_the_chain_is_an_event_and_is_shown(administrators):
    auditor = administrators[AUDIT]
    assert "没有校验过" in overview(auditor)
    assert auditor.post("/audit/verify/").status_code == 200
    event = AuditEvent.objects.get(verb="audit.verified")
    assert event.changes == {"events": event.sequence - 1, "faults": 0}
    assert f"完整（{event.sequence - 1} 条）" in overview(auditor)
    assert "校验审计链" in auditor.get("/audit/").content.decode()


@pytest.mark.parametrize(("role", "most"), [(SYSTEM, 12), (SECURITY, 8), (AUDIT, 8)])
def test_the_page_asks_little(administrators, role, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        overview(administrators[role])
