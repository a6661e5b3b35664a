"""Long documents: read beside the pages, under a lease, all of it or nothing."""

import datetime

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.files.models import StoredFile
from chuangwen.kit import leases
from chuangwen.kit.errors import Invalid, NotPermitted
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.queries import actor_of
from chuangwen.plan.actions import background_reading
from chuangwen.plan.actions.background_reading import MOST_ATTEMPTS, read_next
from chuangwen.plan.actions.document_readings import (
    cancel_reading,
    receive_document,
    retry_reading,
)
from chuangwen.plan.enums import ImportState, ReadingState
from chuangwen.plan.models import DocumentReading, ImportItem, PlanImport, SourceDocument
from chuangwen.plan.reading import UnreadableDocument
from tests.plan.conftest import NOTICE
from tests.plan.reading.word_files import docx, p

LONG = NOTICE.read_text("utf-8")[:4000].encode()  # long enough where 1 KB is the limit


@pytest.fixture
def clerk(tenant, office) -> Actor:
    """王芳 with an account: the worker acts for her, with the rights that she has by then."""
    account = Account.objects.create(tenant=tenant, username="wangfang", name="王芳")
    Membership.objects.create(account=account, unit=Unit.objects.get(), role="office")
    return actor_of(account)


@pytest.fixture
def hand_in(campaign, clerk, settings, monkeypatch):
    """Hand a document in where everything above 1 KB is long, and every step is written down."""
    settings.CHUANGWEN_READ_AT_ONCE = 1024
    monkeypatch.setattr(leases, "SECONDS_BETWEEN_BEATS", 0)

    def run(data: bytes = LONG, name: str = "通知.txt"):
        return receive_document(campaign=campaign, name=name, data=data, by=clerk)

    return run


def renewed(reading: DocumentReading) -> DocumentReading:
    return DocumentReading.objects.get(pk=reading.pk)


def lose_lease() -> None:
    """As if the worker had been killed: no sign of life for longer than the lease."""
    long_ago = datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC)
    DocumentReading.objects.update(beat_at=long_ago)


def interrupt(monkeypatch, deed) -> None:
    """Do something while the text is being parsed: once, at the second step."""
    found_in, calls = background_reading.found_in, []

    def interrupted(source, name, progress):
        def heard(done, total):
            calls.append(done)
            if len(calls) == 2:
                deed()
            progress(done, total)

        return found_in(source, name, heard)

    monkeypatch.setattr(background_reading, "found_in", interrupted)


def nothing_was_stored() -> bool:
    return not (
        PlanImport.objects.exists()
        or ImportItem.objects.exists()
        or SourceDocument.objects.exists()
        or AuditEvent.objects.filter(verb="plan.taken_in").exists()
    )


def test_a_short_document_is_read_at_once(hand_in, settings):
    settings.CHUANGWEN_READ_AT_ONCE = 300 * 1024
    taken = hand_in()
    assert isinstance(taken, PlanImport)
    assert not DocumentReading.objects.exists()


def test_a_long_one_waits_and_is_read_by_the_worker(hand_in, clerk):
    reading = hand_in()
    assert isinstance(reading, DocumentReading)
    assert reading.original.size == len(LONG)
    assert nothing_was_stored()
    assert read_next()
    reading = renewed(reading)
    made = reading.plan_import
    assert (reading.state, reading.attempts, reading.problem) == (ReadingState.DONE, 1, "")
    assert (made.state, made.account_id) == (ImportState.REVIEW, clerk.account_id)
    assert made.source.original == reading.original
    assert made.source.text == LONG.decode()
    assert made.items.count() > 30
    assert AuditEvent.objects.get(verb="plan.taken_in").account_id == clerk.account_id
    assert not read_next()


def test_a_small_file_with_a_long_text_waits_too(hand_in, settings):
    data = docx(p("深化理想信念教育，牵头单位：区委宣传部。") * 3000)
    settings.CHUANGWEN_READ_AT_ONCE = len(data) + 1
    assert isinstance(hand_in(data, "计划.docx"), DocumentReading)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 4000, "legacy_office"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(4000), "image"),
        (b"x" * (21 * 1024 * 1024), "too_large"),
    ],
)
def test_what_is_no_document_is_refused_at_once_and_not_kept(hand_in, data, code):
    with pytest.raises(UnreadableDocument) as refused:
        hand_in(data, "文件")
    assert refused.value.code == code
    assert not DocumentReading.objects.exists()
    assert not StoredFile.objects.exists()


def test_only_those_who_manage_the_plan_hand_in_and_cancel(hand_in, campaign, clerk):
    nobody = Actor(clerk.tenant_id, clerk.account_id, "李梅", ())
    with pytest.raises(NotPermitted):
        receive_document(campaign=campaign, name="a.txt", data=LONG, by=nobody)
    reading = hand_in()
    for deed in (cancel_reading, retry_reading):
        with pytest.raises(NotPermitted):
            deed(reading=reading, by=nobody)


def test_progress_is_written_down_while_it_goes_on(hand_in, monkeypatch):
    reading, seen = hand_in(), []
    interrupt(monkeypatch, lambda: seen.append(renewed(reading)))
    read_next()
    (during,) = seen
    assert during.state == ReadingState.PARSING
    assert 0 <= during.done < during.total == len(LONG.decode())


def test_cancelled_while_it_is_read_nothing_is_stored(hand_in, clerk, monkeypatch):
    reading = hand_in()
    interrupt(monkeypatch, lambda: cancel_reading(reading=reading, by=clerk))
    assert read_next()
    assert nothing_was_stored()
    reading = renewed(reading)
    assert (reading.state, reading.original) == (ReadingState.CANCELLED, None)
    assert not read_next()


def test_a_killed_reading_is_taken_over_and_the_former_worker_writes_nothing(hand_in, monkeypatch):
    reading = hand_in()

    def take_over():
        lose_lease()
        assert background_reading._claim(reading.pk).attempts == 2

    interrupt(monkeypatch, take_over)
    assert read_next()
    assert nothing_was_stored()
    assert renewed(reading).state == ReadingState.READING  # by the second one
    assert not read_next()  # whose lease holds
    lose_lease()
    assert read_next()
    assert (renewed(reading).state, renewed(reading).attempts) == (ReadingState.DONE, 3)
    assert PlanImport.objects.count() == 1


def test_killed_again_and_again_it_fails_and_says_so(hand_in, clerk):
    reading = hand_in()
    for _ in range(MOST_ATTEMPTS):
        assert background_reading._claim(reading.pk)
        lose_lease()
    read_next()
    reading = renewed(reading)
    assert reading.state == ReadingState.FAILED
    assert f"后台进程中断了 {MOST_ATTEMPTS} 次" in reading.problem
    assert AuditEvent.objects.filter(verb="plan.reading_failed").count() == 1
    assert nothing_was_stored()
    assert reading.original is not None
    retry_reading(reading=reading, by=clerk)
    read_next()
    assert renewed(reading).state == ReadingState.DONE


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("今天天气很好，我们去公园散步。".encode() * 100, "没有从“通知.txt”读出"),
        (b"%PDF-1.4\n" + b"x" * 4000, "已损坏"),
    ],
)
def test_what_cannot_be_read_fails_with_the_same_words_as_at_once(hand_in, data, words):
    reading = hand_in(data)
    read_next()
    assert renewed(reading).state == ReadingState.FAILED
    assert words in renewed(reading).problem
    assert nothing_was_stored()


def test_a_defect_of_ours_is_said_and_not_tried_for_ever(hand_in, monkeypatch):
    reading = hand_in()
    monkeypatch.setattr(background_reading, "found_in", lambda *given: 1 / 0)
    read_next()
    assert renewed(reading).state == ReadingState.FAILED
    assert "程序出错" in renewed(reading).problem
    assert not read_next()


def test_a_worker_that_is_asked_to_end_leaves_the_reading_to_the_next(hand_in):
    reading = hand_in()
    read_next(is_ending=lambda: True)
    reading = renewed(reading)
    assert (reading.state, reading.attempts, reading.beat_at) == (ReadingState.WAITING, 0, None)
    assert nothing_was_stored()


@pytest.mark.parametrize("ended", ["account", "role"])
def test_who_has_no_rights_any_more_hands_nothing_in(hand_in, clerk, ended):
    reading = hand_in()
    if ended == "account":
        Account.objects.filter(pk=clerk.account_id).update(is_active=False)
    else:
        Membership.objects.all().delete()
    read_next()
    assert renewed(reading).state == ReadingState.FAILED
    assert ("账号已停用" if ended == "account" else "没有") in renewed(reading).problem
    assert nothing_was_stored()


def test_a_short_text_that_orders_nothing_is_refused_at_once(hand_in):
    with pytest.raises(Invalid):
        hand_in("今天天气很好。".encode())
    assert not StoredFile.objects.exists()
