"""原文: everything that a document ordered leads back to its words."""

import pytest

from chuangwen.kit.ids import new_id
from chuangwen.plan.models import Action, IndicatorDemand, PlanImport, SourceDocument
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
from chuangwen.web.templatetags.source_words import words_link


def text_of(answer):
    return answer.content.decode()


def test_a_clerk_reads_the_words_of_an_action_marked(plan, li_mei):
    action = Action.objects.first()
    link = words_link(action)
    address = link.split('href="')[1].split("#")[0].replace("&amp;", "&")
    page = text_of(li_mei.get(address))
    marked = page.split('<mark id="marked" tabindex="-1">')[1].split("</mark>")[0]
    assert marked.startswith(plan.source.text[action.start : action.start + 10])
    assert len(marked) == action.end - action.start


def test_without_a_place_the_whole_text_is_shown(plan, li_mei):
    page = text_of(li_mei.get(f"/plan/sources/{plan.source_id}/"))
    assert "全民法治宣传教育的普及率≥90%" in page
    assert "<mark" not in page


@pytest.mark.parametrize(
    "query",
    [
        "start=5&end=5",
        "start=9&end=3",
        "start=-1&end=4",
        "start=0&end=99999999",
        "start=甲&end=乙",
        "start=1",
        "start=%EF%BC%91&end=%EF%BC%92",
        "start=" + "9" * 5000 + "&end=1",
    ],
)
def test_a_place_that_is_none_is_said_in_words(plan, wang_fang, query):
    answer = wang_fang.get(f"/plan/sources/{plan.source_id}/?{query}")
    assert answer.status_code == 422
    assert "原文中没有" in text_of(answer)


def test_marks_in_the_text_are_shown_as_text(wang_fang):
    source = SourceDocument.objects.create(
        name="<b>.txt", sha256="0" * 64, format="txt", text="<script>alert(1)</script>\n一、甲"
    )
    page = text_of(wang_fang.get(f"/plan/sources/{source.pk}/?start=0&end=8"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;</mark>" in page


def test_characters_outside_the_basic_plane_count_as_one(wang_fang):
    source = SourceDocument.objects.create(name="x", sha256="1" * 64, format="txt", text="𠮷林市甲")
    page = text_of(wang_fang.get(f"/plan/sources/{source.pk}/?start=1&end=3"))
    assert '<mark id="marked" tabindex="-1">林市</mark>' in page


def test_a_document_under_review_is_for_its_reviewers(district, wang_fang, li_mei):
    source = SourceDocument.objects.create(name="x", sha256="3" * 64, format="txt", text="甲乙")
    PlanImport.objects.create(campaign=district.campaign, source=source, schema_version="1")
    address = f"/plan/sources/{source.pk}/"
    assert wang_fang.get(address).status_code == 200
    assert li_mei.get(address).status_code == 404


def test_a_foreign_document_answers_as_one_that_does_not_exist(wang_fang):
    other = Tenant.objects.create(name="西区", code="510403")
    with tenant_scope(other.pk):
        source = SourceDocument.objects.create(name="x", sha256="2" * 64, format="txt", text="甲乙")
    foreign = wang_fang.get(f"/plan/sources/{source.pk}/?start=0&end=1")
    missing = wang_fang.get(f"/plan/sources/{new_id()}/?start=0&end=1")
    assert foreign.status_code == missing.status_code == 404
    body = [text_of(answer).split('id="content"')[1] for answer in (foreign, missing)]
    assert body[0] == body[1]


def test_the_text_can_be_downloaded(plan, li_mei):
    answer = li_mei.get(f"/plan/sources/{plan.source_id}/text/")
    assert answer.content.decode() == plan.source.text
    assert "attachment" in answer["Content-Disposition"]


def test_what_was_added_without_marking_text_has_no_link(plan):
    demand = IndicatorDemand.objects.first()
    demand.start = None
    assert words_link(demand) == ""
