"""What the kinds of papers say: the figures of the boards, the lists, and photos in pairs."""

import datetime
import uuid

import pytest

from chuangwen.documents.actions.drafting import draft_notice, draft_report
from chuangwen.documents.enums import PaperKind
from chuangwen.files.models import Attachment, Derivative, StoredFile
from chuangwen.rectification.enums import CASE_KIND, EVENT_KIND, Step
from chuangwen.rectification.models import Case, CaseEvent
from chuangwen.rectification.queries.figures import Dimension, Period, figures, total
from chuangwen.reports.official import Heading, Paragraph
from chuangwen.reports.papers import problems
from chuangwen.reports.papers.counting import MOST_IN_TEXT, counted
from chuangwen.reports.papers.setting import document_of
from tests.documents.conftest import DAY

pytestmark = pytest.mark.django_db
MONTH = {"since": datetime.date(2021, 9, 1), "until": datetime.date(2021, 9, 30)}


def said(sections) -> str:
    blocks = [block for one in sections for block in one["blocks"]]
    cells = [cell for block in blocks for row in block.get("rows", ()) for cell in row]
    return "\n".join([*(block.get("text", "") for block in blocks), *cells])


def photo(kind: str, owner) -> str:
    """Attach a photo of which the small picture is made; return the picture's key."""
    source, small = (
        StoredFile.objects.create(sha256=uuid.uuid4().hex * 2, size=1, media_type="image/jpeg")
        for _ in range(2)
    )
    Attachment.objects.create(
        file=source, owner_kind=kind, owner_id=owner.pk, position=0, name="x.jpg"
    )
    Derivative.objects.create(source=source, purpose="thumbnail", result=small, state="ready")
    return str(small.pk)


@pytest.mark.parametrize("kind", [PaperKind.BULLETIN, PaperKind.SUMMARY])
def test_the_numbers_are_those_of_the_boards(dispatched, office, kind):
    Case.objects.filter(pk=dispatched.pk).update(due_on=datetime.date(2021, 9, 10))
    paper = draft_report(kind=kind, **MONTH, by=office)
    whole = total(figures(office, Period(MONTH["since"], MONTH["until"], DAY), Dimension.UNIT))
    assert (whole.due, whole.open_late) == (1, 1)
    text = said(counted(paper, office, DAY))
    assert f"应结案{whole.due}个" in text
    assert f"超期未结{whole.open_late}个" in text
    assert "按期结案率0.0%" in text


def test_the_text_of_a_report_ends_in_words_for_the_signature(dispatched, office):
    paper = draft_report(kind=PaperKind.SUMMARY, **MONTH, by=office)
    kinds = [block["kind"] for block in counted(paper, office, DAY)[0]["blocks"]]
    assert kinds[-2:] == ["text", "demands"]


def test_a_notice_says_what_is_demanded_without_a_heading(dispatched, office):
    paper = draft_notice(unit=dispatched.lead, cases=[dispatched], by=office)
    paper.demands, paper.closing = "整改完成后报送照片。", "特此通知。"
    document = document_of(paper, counted(paper, office, DAY))
    words = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert words[-2:] == ["整改完成后报送照片。", "特此通知。"]
    assert not [block for block in document.blocks if isinstance(block, Heading)]


def test_before_and_after_stand_side_by_side_and_single_ones_behind(
    dispatched,
    filed,
    bureau,
    office,
):
    single = Case.objects.create(
        title="只有整改前", number="整改〔2021〕0号", source="citizen", state="handling",
        lead=bureau, due_on=datetime.date(2021, 9, 1), found_on=DAY,
    )  # fmt: skip
    done = CaseEvent.objects.create(case=dispatched, sequence=90, step=Step.FINISH, day=DAY)
    lone = photo(CASE_KIND, single)
    before, after = photo(CASE_KIND, dispatched), photo(EVENT_KIND, done)
    paper = draft_report(kind=PaperKind.BULLETIN, **MONTH, by=office)
    (block,) = [b for b in counted(paper, office, DAY)[1]["blocks"] if b["kind"] == "photos"]
    number = dispatched.number
    assert block["photos"] == [
        [before, f"{number} 整改前"], [after, f"{number} 整改后"], [lone, "整改〔2021〕0号 整改前"],
    ]  # fmt: skip


def test_of_too_many_photos_the_rest_is_counted(
    monkeypatch,
    dispatched,
    bureau,
    office,
):
    monkeypatch.setattr(problems, "MOST_PHOTOS", 0)
    photo(CASE_KIND, dispatched)
    paper = draft_report(kind=PaperKind.BULLETIN, **MONTH, by=office)
    assert "另有1张照片没有收入" in said(counted(paper, office, DAY))


@pytest.mark.parametrize(("more", "titles"), [(0, [""]), (MOST_IN_TEXT, ["", "整改问题清单"])])
def test_a_long_notice_has_its_list_attached(dispatched, bureau, office, more, titles):
    others = [
        Case(title=f"另{n}", source="citizen", state="handling", lead=bureau, found_on=DAY,
             due_on=DAY) for n in range(more)
    ]  # fmt: skip
    Case.objects.bulk_create(others)
    paper = draft_notice(unit=bureau, cases=[dispatched, *others], by=office)
    sections = counted(paper, office, DAY)
    assert [one["title"] for one in sections] == titles
    assert all(case.title in said(sections) for case in (dispatched, *others))


def test_photos_of_a_short_notice_are_attached(dispatched, bureau, office):
    photo(CASE_KIND, dispatched)
    paper = draft_notice(unit=bureau, cases=[dispatched], by=office)
    assert [one["title"] for one in counted(paper, office, DAY)] == ["", "整改问题照片"]


def test_what_is_not_yet_or_no_longer_a_problem_is_not_listed(dispatched, office):
    for state in ("reported", "declined", "cancelled"):
        Case.objects.create(title=f"不列{state}", source="citizen", state=state, found_on=DAY)
    paper = draft_report(kind=PaperKind.BULLETIN, **MONTH, by=office)
    assert "不列" not in said(counted(paper, office, DAY))
