"""A paper from its draft to its number, and what nobody can do."""

import datetime
import hashlib
import io
import re
import zipfile

import pytest
from django.db import DatabaseError, transaction

from chuangwen.audit.models import AuditEvent
from chuangwen.documents.actions import deciding
from chuangwen.documents.actions.drafting import PaperWords, draft_notice, draft_report, edit_paper
from chuangwen.documents.actions.making import KILLED, MAKING, make_next
from chuangwen.documents.enums import PaperKind, PaperState, PaperStep
from chuangwen.documents.models import (
    OfficialPaper,
    PaperBody,
    PaperCase,
    PaperEvent,
    PaperNumber,
)
from chuangwen.documents.queries import visible_papers
from chuangwen.documents.workflow import PAPER
from chuangwen.files.models import StoredFile
from chuangwen.files.queries import open_file
from chuangwen.kit import clock
from chuangwen.kit.errors import (
    ChuangwenError,
    IllegalTransition,
    Invalid,
    NotPermitted,
    StaleEdit,
)
from chuangwen.notices.models import Notice
from chuangwen.people.roles import Role
from chuangwen.rectification.models import Case
from chuangwen.reports.papers import making
from chuangwen.reports.papers.counting import counted
from tests.documents.conftest import DAY, SITE, issue, now, submit
from tests.reports.pdf.reading import text_of

MONTH = {"since": datetime.date(2021, 9, 1), "until": datetime.date(2021, 9, 30)}


def content(file: StoredFile) -> bytes:
    with open_file(file) as opened:
        return opened.read()


def words(paper: OfficialPaper, **changed: str) -> PaperWords:
    names = PaperWords.__dataclass_fields__
    return PaperWords(**{name: getattr(paper, name) for name in names} | changed)


def steps_of(paper: OfficialPaper) -> list[str]:
    rows = PaperEvent.objects.filter(paper=paper).order_by("pk")
    return list(rows.values_list("step", flat=True))


def test_from_the_draft_to_frozen_files(draft, office, leader, clerk):
    edit_paper(**now(draft), words=words(draft, opening="现将情况通报如下。"), by=office)
    paper = issue(draft, office, leader)
    assert (paper.state, paper.number) == (PaperState.ISSUED, "创文办通报〔2021〕1号")
    assert paper.issued_on == DAY
    assert steps_of(paper) == ["draft", "edit", "submit", "sign", "issue", "freeze"]
    pdf = content(paper.pdf)
    assert hashlib.sha256(pdf).hexdigest() == paper.pdf.sha256
    said = text_of(pdf)
    code = "-".join(re.findall("....", paper.code))
    for expected in ("创文办通报〔2021〕1号", "现将情况通报如下。", "人行道井盖破损", code, SITE):
        assert expected in said
    with zipfile.ZipFile(io.BytesIO(content(paper.docx))) as package:
        assert paper.number in package.read("word/document.xml").decode()
    frozen = AuditEvent.objects.get(verb="paper.frozen")
    assert paper.pdf.sha256 in str(frozen.changes)
    told = Notice.objects.filter(kind="paper_issued").values_list("recipient_id", flat=True)
    assert clerk.account_id in told


def test_what_was_counted_for_the_signature_is_what_is_issued(draft, office, leader, dispatched):
    submit(draft, office)
    before = PaperBody.objects.get(paper=draft)
    assert before.digest == deciding.digest_of(before.blocks)
    type(dispatched).objects.filter(pk=dispatched.pk).update(title="后来改了的名称")
    deciding.sign_paper(**now(draft), by=leader)
    deciding.issue_paper(**now(draft), site_address=SITE, by=office)
    make_next(making.set_pages)
    paper = OfficialPaper.objects.get(pk=draft.pk)
    assert "人行道井盖破损" in text_of(content(paper.pdf))
    assert "后来改了的名称" not in text_of(content(paper.pdf))


def test_whoever_had_a_hand_in_the_text_does_not_sign(draft, office, office_unit, tenant, leader):
    from tests.documents.conftest import person

    colleague = person(tenant, "zhaoli", "赵丽", Role.OFFICE, office_unit)
    edit_paper(**now(draft), words=words(draft, closing="特此通报！"), by=colleague)
    submit(draft, office)
    for writer in (office, colleague):
        with pytest.raises(NotPermitted, match="不能签发同一份公文"):
            deciding.sign_paper(**now(draft), by=writer)
    deciding.sign_paper(**now(draft), by=leader)


def test_a_returned_paper_says_why_and_is_counted_anew(draft, office, leader):
    submit(draft, office)
    with pytest.raises(Invalid, match="退回的原因"):
        deciding.return_paper(**now(draft), reason="  ", by=leader)
    deciding.return_paper(**now(draft), reason="请核对数字", by=leader)
    assert not PaperBody.objects.filter(paper=draft).exists()
    told = Notice.objects.get(kind="paper_returned")
    assert (told.recipient_id, "请核对数字" in told.body) == (office.account_id, True)
    submit(draft, office)
    deciding.sign_paper(**now(draft), by=leader)
    deciding.return_paper(**now(draft), reason="还要改", by=leader)
    assert OfficialPaper.objects.get(pk=draft.pk).state == PaperState.DRAFT


@pytest.mark.parametrize("state", [one for one in PaperState if one != PaperState.ISSUED])
def test_no_step_is_taken_from_a_state_that_the_table_does_not_name(draft, office, leader, state):
    OfficialPaper.objects.filter(pk=draft.pk).update(state=state)
    runs = {
        PaperStep.EDIT: lambda: edit_paper(**now(draft), words=words(draft), by=office),
        PaperStep.SUBMIT: lambda: submit(draft, office),
        PaperStep.RETURN: lambda: deciding.return_paper(**now(draft), reason="x", by=leader),
        PaperStep.SIGN: lambda: deciding.sign_paper(**now(draft), by=leader),
        PaperStep.ISSUE: lambda: deciding.issue_paper(**now(draft), site_address="", by=office),
        PaperStep.RETRY: lambda: deciding.retry_paper(**now(draft), by=office),
        PaperStep.WITHDRAW: lambda: deciding.withdraw_paper(**now(draft), reason="x", by=office),
        PaperStep.REVOKE: lambda: deciding.revoke_paper(**now(draft), reason="x", by=office),
    }
    sources = {step.name: step.sources for step in PAPER.transitions}
    for step, run in runs.items():
        if state not in sources[step.value]:
            with pytest.raises(IllegalTransition):
                run()


def test_a_stale_version_changes_nothing(draft, office):
    old = draft.version
    edit_paper(**now(draft), words=words(draft, closing="特此通报！"), by=office)
    with pytest.raises(StaleEdit):
        edit_paper(paper=draft, base_version=old, words=words(draft, closing="旧"), by=office)
    assert OfficialPaper.objects.get(pk=draft.pk).closing == "特此通报！"


def test_numbers_go_on_without_gaps_and_by_series(draft, office, leader, bureau, dispatched):
    first = issue(draft, office, leader)
    gone = draft_report(kind=PaperKind.BULLETIN, **MONTH, by=office)
    deciding.withdraw_paper(**now(gone), reason="起草重复", by=office)
    second = issue(draft_report(kind=PaperKind.BULLETIN, **MONTH, by=office), office, leader)
    notice = issue(draft_notice(unit=bureau, cases=[dispatched], by=office), office, leader)
    summary = issue(draft_report(kind=PaperKind.SUMMARY, **MONTH, by=office), office, leader)
    assert [one.number for one in (first, second, notice, summary)] == [
        "创文办通报〔2021〕1号", "创文办通报〔2021〕2号", "创文办整改〔2021〕1号",
        "创文办总结〔2021〕1号",
    ]  # fmt: skip
    assert PaperNumber.objects.get(series="创文办通报").last == 2
    assert len({one.code for one in (first, second, notice, summary)}) == 4


def refused(change) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_the_database_keeps_what_was_issued(issued):
    rows = OfficialPaper.objects.filter(pk=issued.pk)
    refused(lambda: rows.update(title="改了"))
    refused(lambda: rows.update(state=PaperState.DRAFT))
    refused(rows.delete)
    refused(lambda: PaperBody.objects.filter(paper=issued).update(digest="x"))
    refused(lambda: PaperBody.objects.filter(paper=issued).delete())
    refused(lambda: PaperEvent.objects.filter(paper=issued).update(text="x"))
    refused(lambda: PaperEvent.objects.filter(paper=issued).delete())
    refused(lambda: StoredFile.objects.filter(pk=issued.pdf_id).delete())
    assert rows.get().title == issued.title


def test_the_cases_of_a_notice_stay_once_it_is_under_review(office, bureau, dispatched):
    paper = draft_notice(unit=bureau, cases=[dispatched], by=office)
    submit(paper, office)
    refused(lambda: PaperCase.objects.filter(paper=paper).delete())
    refused(lambda: PaperCase.objects.create(paper=paper, case=dispatched))


def test_an_issued_paper_takes_no_other_step(issued, office, leader):
    for run in (
        lambda: edit_paper(**now(issued), words=words(issued), by=office),
        lambda: deciding.return_paper(**now(issued), reason="x", by=leader),
        lambda: deciding.issue_paper(**now(issued), site_address="", by=office),
        lambda: deciding.withdraw_paper(**now(issued), reason="x", by=office),
    ):
        with pytest.raises(IllegalTransition):
            run()


def test_an_issued_paper_is_declared_void_and_stays_as_it_was(issued, office):
    deciding.revoke_paper(**now(issued), reason="数字有误，另行印发", by=office)
    after = OfficialPaper.objects.get(pk=issued.pk)
    assert (after.state, after.version, after.pdf_id) == (
        PaperState.ISSUED, issued.version, issued.pdf_id,
    )  # fmt: skip
    with pytest.raises(IllegalTransition, match="已声明作废"):
        deciding.revoke_paper(**now(issued), reason="再来一次", by=office)


def numbered(draft, office, leader) -> OfficialPaper:
    submit(draft, office)
    deciding.sign_paper(**now(draft), by=leader)
    return deciding.issue_paper(**now(draft), site_address=SITE, by=office)


def test_what_fails_says_why_and_is_made_again_under_the_same_number(draft, office, leader):
    numbered(draft, office, leader)

    def fail(paper, beat):
        raise ChuangwenError("缺少字体文件。")

    assert make_next(fail)
    stopped = OfficialPaper.objects.get(pk=draft.pk)
    assert (stopped.state, stopped.problem) == (PaperState.STOPPED, "缺少字体文件。")
    assert not make_next(making.set_pages)  # it waits for a person
    deciding.retry_paper(**now(draft), by=office)
    assert make_next(making.set_pages)
    made = OfficialPaper.objects.get(pk=draft.pk)
    assert (made.state, made.number, made.problem) == (
        PaperState.ISSUED, "创文办通报〔2021〕1号", "",
    )  # fmt: skip


def test_a_defect_is_told_without_its_inside(draft, office, leader):
    numbered(draft, office, leader)

    def defect(paper, beat):
        raise KeyError("inside")

    make_next(defect)
    stopped = OfficialPaper.objects.get(pk=draft.pk)
    assert stopped.state == PaperState.STOPPED
    assert "inside" not in stopped.problem


def test_a_killed_worker_is_followed_by_the_next_and_three_deaths_end_it(draft, office, leader):
    numbered(draft, office, leader)

    class Killed(BaseException):
        pass

    def die(paper, beat):
        raise Killed

    for _ in range(MAKING.most_attempts):
        with pytest.raises(Killed):
            make_next(die)
        assert not make_next(die)  # the lease of the dead one has not run out
        OfficialPaper.objects.filter(pk=draft.pk).update(beat_at=clock.now() - 2 * MAKING.span)
    assert make_next(making.set_pages)
    stopped = OfficialPaper.objects.get(pk=draft.pk)
    assert (stopped.state, stopped.problem) == (PaperState.STOPPED, KILLED)


def test_progress_is_written_while_pages_are_set(draft, office, leader):
    numbered(draft, office, leader)
    seen = []

    def watched(paper, beat):
        def noted(done, total):
            beat(done, total)
            row = OfficialPaper.objects.get(pk=paper.pk)
            seen.append((row.state, row.done, row.total))

        return making.set_pages(paper, noted)

    make_next(watched)
    assert {state for state, _, _ in seen} == {PaperState.MAKING}
    shares = [done / total for _, done, total in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_notice_goes_to_one_unit_about_its_own_cases(office, bureau, housing, filed, dispatched):
    with pytest.raises(Invalid, match="不由区住房城乡建设局牵头"):
        draft_notice(unit=housing, cases=[dispatched], by=office)
    with pytest.raises(Invalid, match="1 至"):
        draft_notice(unit=bureau, cases=[], by=office)
    paper = draft_notice(unit=bureau, cases=[dispatched], by=office)
    assert paper.addressees == "区城市管理局"
    assert "1个" in paper.opening


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"state": "verified"}, "待销号"),
        ({"suspended_on": datetime.date(2021, 9, 14)}, "缓办"),
        ({"lead": "housing"}, "不由区城市管理局牵头"),
    ],
)
def test_what_is_no_longer_owed_is_not_sent_to_review(request, dispatched, changed, told):
    office, bureau = request.getfixturevalue("office"), dispatched.lead
    paper = draft_notice(unit=bureau, cases=[dispatched], by=office)
    changed = {
        name: request.getfixturevalue(value) if name == "lead" else value
        for name, value in changed.items()
    }
    Case.objects.filter(pk=dispatched.pk).update(**changed)
    with pytest.raises(Invalid, match=told):
        submit(paper, office)
    with pytest.raises(Invalid, match=told):
        draft_notice(unit=bureau, cases=[Case.objects.get(pk=dispatched.pk)], by=office)
    assert OfficialPaper.objects.get(pk=paper.pk).state == PaperState.DRAFT


@pytest.mark.parametrize(
    ("since", "until", "match"),
    [("2021-09-30", "2021-09-01", "早于"), ("2019-01-01", "2021-09-01", "超过一年")],
)
def test_a_period_that_makes_no_sense_is_refused(office, since, until, match):
    days = {
        "since": datetime.date.fromisoformat(since), "until": datetime.date.fromisoformat(until),
    }  # fmt: skip
    with pytest.raises(Invalid, match=match):
        draft_report(kind=PaperKind.BULLETIN, **days, by=office)


def test_units_see_what_was_issued_to_them(request, draft, office, leader, dispatched):
    names = ("office", "leader", "inspector", "clerk", "builder")
    people = [request.getfixturevalue(name) for name in names]

    def seen() -> list[int]:
        return [visible_papers(one).count() for one in people]

    assert seen() == [1, 1, 0, 0, 0]
    issue(draft, office, leader)
    assert seen() == [1, 1, 1, 1, 1]
    issue(draft_notice(unit=dispatched.lead, cases=[dispatched], by=office), office, leader)
    assert seen() == [2, 2, 2, 2, 1]
    issue(draft_report(kind=PaperKind.SUMMARY, **MONTH, by=office), office, leader)
    assert seen() == [3, 3, 3, 2, 1]


def test_counting_again_gives_the_same_bytes(draft, office):
    first, second = (counted(draft, office, DAY) for _ in range(2))
    assert deciding.digest_of(first) == deciding.digest_of(second)
