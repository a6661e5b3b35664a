"""From the clerk's report to a green light, over HTTP."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chuangwen.files.models import Attachment, Upload
from chuangwen.framework.models import IndicatorValue
from chuangwen.people.actions.placing import move_unit
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.roles import Role
from tests.files import samples
from tests.web.framework.conftest import text_of
from tests.web.signing import sign_in

REPORT = {"period": "2020", "content": "98.6", "document": "民意测评报告", "note": ""}


@pytest.fixture
def report(participation, reform, li_mei):
    def post(**changes):
        address = f"/framework/indicators/{participation.pk}/report/"
        return li_mei.post(address, {**REPORT, "unit": str(reform.pk), **changes}, follow=True)

    return post


def light_of(client):
    page = text_of(client.get("/framework/indicators/?q=参与率"))
    row = page[page.index("创建活动的群众参与率") :]
    return next(word for word in ("未达标", "未填报", "缺参照值", "达标") if word in row)


def test_a_clerk_reports_the_office_accepts_and_the_light_turns_green(report, wang_fang, li_mei):
    assert "已填报，等待创文办审核" in text_of(report())
    assert light_of(li_mei) == "未填报"
    queue = text_of(wang_fang.get("/framework/indicators/waiting/"))
    value = IndicatorValue.objects.get()
    assert "98.6%" in queue
    assert "&gt; 98%" in queue
    answer = wang_fang.post(
        "/framework/indicators/accept/", {"value": [str(value.pk)]}, follow=True
    )
    assert "已接收 1 个指标值" in text_of(answer)
    assert light_of(li_mei) == "达标"


def test_exactly_the_strict_target_is_red(report, wang_fang):
    report(content="98")
    wang_fang.post(
        "/framework/indicators/accept/", {"value": [str(IndicatorValue.objects.get().pk)]}
    )
    assert light_of(wang_fang) == "未达标"


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"content": "约98"}, "“约98”不是数字"),
        ({"period": "昨天"}, "“昨天”不是可用的期间"),
        ({"document": ""}, "这个字段是必填项"),
        ({"unit": ""}, "这个字段是必填项"),
        ({"period": "2150"}, "2150年还没有开始"),
    ],
)
def test_a_bad_report_keeps_the_form_and_names_the_field(report, bad, message):
    answer = report(**bad)
    assert answer.status_code == 422
    assert message in text_of(answer)
    assert not IndicatorValue.objects.exists()


def test_a_returned_value_shows_the_reason_and_is_corrected(
    report, wang_fang, li_mei, participation
):
    report()
    value = IndicatorValue.objects.get()
    wang_fang.post(f"/framework/values/{value.pk}/return/", {"reason": "与测评报告不符"})
    page = f"/framework/indicators/{participation.pk}/"
    assert "2020年）：</strong>与测评报告不符" in text_of(li_mei.get(page))
    assert "退回原因：与测评报告不符" in text_of(li_mei.get(f"{page}?records=1"))
    form = f"/framework/values/{value.pk}/correct/"
    assert "退回原因：与测评报告不符" in text_of(li_mei.get(form))
    data = {"content": "98.4", "document": "测评报告", "note": "改正"}
    assert li_mei.post(form, data).status_code == 302
    assert "与测评报告不符" not in text_of(li_mei.get(page))
    history = text_of(li_mei.get(f"{page}?records=1"))
    assert "98.6%" in history
    assert "98.4%" in history
    assert "已退回，已被更正" in history


def test_an_empty_choice_and_a_made_up_one_are_refused_politely(wang_fang):
    address = "/framework/indicators/accept/"
    assert wang_fang.post(address).status_code == 422
    assert wang_fang.post(address, {"value": ["甲"]}).status_code == 422
    missing = {"value": ["01890a5d-ac96-774b-bcce-b302099a8057"]}
    assert wang_fang.post(address, missing).status_code == 404


def test_another_unit_neither_sees_nor_corrects_the_value(report, sun_li, participation):
    report()
    value = IndicatorValue.objects.get()
    assert sun_li.get(f"/framework/indicators/{participation.pk}/").status_code == 404
    assert sun_li.get(f"/framework/values/{value.pk}/correct/").status_code == 404
    assert sun_li.get(f"/framework/indicators/{participation.pk}/report/").status_code == 404


def test_a_superiors_clerk_reads_the_value_but_is_given_no_form_to_correct_it(
    report, tenant, system, participation
):
    report()
    value = IndicatorValue.objects.get()
    above = create_unit(name="区政府", kind=UnitKind.GOVERNMENT, by=system)
    below = Unit.objects.get(name="区发改局")
    move_unit(unit=below, base_version=below.version, parent=above, by=system)
    superior = sign_in(tenant, "zhouyan", above, Role.CLERK)
    page = text_of(superior.get(f"/framework/indicators/{participation.pk}/?records=1"))
    assert "98.6%" in page
    form = f"/framework/values/{value.pk}/correct/"
    assert form not in page
    assert superior.get(form).status_code == 403
    data = {"content": "98.4", "document": "测评报告", "note": "改正"}
    assert superior.post(form, data).status_code == 403


def test_a_clerk_does_not_review(report, li_mei):
    report()
    assert li_mei.get("/framework/indicators/waiting/").status_code == 403
    assert li_mei.post("/framework/indicators/accept/").status_code == 403


def test_the_source_document_comes_as_a_file_and_survives_a_refusal(report, wang_fang, li_mei):
    scan = SimpleUploadedFile("民意测评报告（盖章）.pdf", samples.PDF)
    refused = report(content="约98", files=[scan])
    assert refused.status_code == 422
    kept = Upload.objects.get()
    assert f'value="{kept.pk}" checked' in text_of(refused)
    assert "已填报" in text_of(report(upload=[str(kept.pk)]))
    value = IndicatorValue.objects.get()
    page = text_of(wang_fang.get("/framework/indicators/waiting/"))
    assert "民意测评报告（盖章）.pdf" in page
    address = f"/files/{Attachment.objects.get(owner_id=value.pk).pk}/"
    assert wang_fang.get(address).status_code == 200
    assert li_mei.get(address).status_code == 200
    wang_fang.post("/framework/indicators/accept/", {"value": [str(value.pk)]})
    proof = li_mei.post(f"{address}remove/", {"reason": "x"})
    assert proof.status_code == 403


def test_a_stranger_does_not_get_the_source_document(report, sun_li):
    report(files=[SimpleUploadedFile("测评.pdf", samples.PDF)])
    assert sun_li.get(f"/files/{Attachment.objects.get().pk}/").status_code == 404
