"""The chain notices every kind of tampering; the database refuses the ordinary ways to tamper."""

import pytest
from django.db import DatabaseError, connection, transaction

from chuangwen.audit import queries
from chuangwen.audit.actions import record
from chuangwen.audit.chain import head_seal
from chuangwen.audit.models import AuditEvent, AuditHead
from chuangwen.audit.queries import verify
from chuangwen.kit.ids import new_id
from chuangwen.people.models import Unit


@pytest.fixture
def chain(tenant, system):
    unit = Unit.objects.create(name="区发改局", kind="government")
    for number in range(5):
        with transaction.atomic():
            record(by=system, verb="unit.renamed", on=unit, name=[f"旧{number}", f"新{number}"])
    assert verify(tenant_id=tenant.pk).whole
    return tenant


def unprotected(statement: str, *values: object) -> None:
    """Run SQL as an attacker with full rights on the database would."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS audit_event_no_update")
            cursor.execute("DROP TRIGGER IF EXISTS audit_event_no_delete")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        cursor.execute(statement, values)


def test_an_edited_row_is_found(chain):
    unprotected("UPDATE audit_auditevent SET verb = 'x' WHERE sequence = 3")
    assert "序号 3：内容与哈希不符" in verify(tenant_id=chain.pk).faults[0]


def test_a_deleted_row_is_found(chain):
    unprotected("DELETE FROM audit_auditevent WHERE sequence = 3")
    assert "序号 3 缺失" in verify(tenant_id=chain.pk).faults[0]


def test_a_row_inserted_after_the_end_is_found(chain):
    last = AuditEvent.objects.get(sequence=5)
    last.pk, last.sequence = new_id(), 6
    last.save(force_insert=True)
    assert not verify(tenant_id=chain.pk).whole


def test_swapped_rows_are_found(chain):
    unprotected("UPDATE audit_auditevent SET sequence = 99 WHERE sequence = 2")
    unprotected("UPDATE audit_auditevent SET sequence = 2 WHERE sequence = 3")
    unprotected("UPDATE audit_auditevent SET sequence = 3 WHERE sequence = 99")
    assert not verify(tenant_id=chain.pk).whole


def test_a_row_cut_off_the_end_is_found(chain):
    unprotected("DELETE FROM audit_auditevent WHERE sequence = 5")
    assert verify(tenant_id=chain.pk).faults == ("末尾缺失：应到序号 5，实际到 4",)


def test_a_cut_hidden_by_a_forged_head_is_found_by_its_seal(chain):
    unprotected("DELETE FROM audit_auditevent WHERE sequence = 5")
    fourth = AuditEvent.objects.get(sequence=4)
    AuditHead.objects.filter(pk=chain.pk).update(sequence=4, hash=fourth.hash)
    assert "封印不符" in verify(tenant_id=chain.pk).faults[0]
    genuine = head_seal(tenant_id=chain.pk, sequence=4, last_hash=fourth.hash)
    assert AuditHead.objects.get(pk=chain.pk).seal != genuine


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_auditevent SET verb = 'x'", "DELETE FROM audit_auditevent"]
)
def test_the_database_refuses_changes(chain, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


def test_what_others_append_during_a_check_is_no_fault(chain, system, monkeypatch):
    """The head is read after the rows; whoever writes in between must not look like a thief."""
    unit, read, late = Unit.objects.get(), queries._hash_of, iter([1, 2])

    def read_slowly(event, tenant_id):
        newest = AuditEvent.objects.order_by("sequence").last()
        if event == newest and next(late, None):
            with transaction.atomic():
                record(by=system, verb="unit.renamed", on=unit, name=["甲", "乙"])
        return read(event, tenant_id)

    monkeypatch.setattr(queries, "_hash_of", read_slowly)
    verdict = verify(tenant_id=chain.pk)
    assert (verdict.events, verdict.faults) == (7, ())


def test_a_row_inserted_before_the_first_is_found(chain):
    first = AuditEvent.objects.get(sequence=1)
    first.pk, first.sequence = new_id(), 0
    first.save(force_insert=True)
    assert not verify(tenant_id=chain.pk).whole
