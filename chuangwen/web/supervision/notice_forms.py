"""What is asked for with a 督办单 and each of its steps."""

from django import forms

from chuangwen.kit.errors import ChuangwenError, Invalid
from chuangwen.supervision.actions.notices import LONGEST_TITLE, MOST_DAYS
from chuangwen.supervision.enums import NoticeStep
from chuangwen.web.people.unit_forms import UnitField

LONGEST = 5000


def lines(label: str, *, required: bool = True, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, required=required, widget=widget)


class DraftForm(forms.Form):
    """A 督办单 as it is written."""

    unit = UnitField(label="承办单位")
    title = forms.CharField(label="事由", max_length=LONGEST_TITLE)
    text = lines("存在的问题", rows=5)
    demands = lines("督办要求", rows=5)
    answer_days = forms.IntegerField(
        label="答复期限（工作日）", min_value=1, max_value=MOST_DAYS,
        help_text="从下达之日起算，按工作日。",
    )  # fmt: skip


class StepForm(forms.Form):
    """A step that asks for nothing."""

    has_files = False


class AnswerForm(StepForm):
    """What was done, with files."""

    has_files = True
    text = lines("办理情况", rows=5)


class ReasonForm(StepForm):
    """A step that has to be explained."""

    reason = lines("原因")


class ReturnForm(ReasonForm):
    """Why, and within how many days."""

    answer_days = forms.IntegerField(
        label="几个工作日内重新答复", min_value=1, max_value=MOST_DAYS, initial=3
    )


class RemarkForm(StepForm):
    """A step that may be explained."""

    text = lines("说明", required=False)


FORMS: dict[NoticeStep, type[StepForm]] = {
    NoticeStep.SERVE: StepForm,
    NoticeStep.RECEIPT: StepForm,
    NoticeStep.ANSWER: AnswerForm,
    NoticeStep.ACCEPT: RemarkForm,
    NoticeStep.RETURN: ReturnForm,
    NoticeStep.CLOSE: RemarkForm,
    NoticeStep.WITHDRAW: ReasonForm,
}


def refused(form: forms.Form, error: ChuangwenError) -> int:
    """Put a refusal beside the field that it names, else above the form; return its status."""
    field = error.field if isinstance(error, Invalid) else ""
    form.full_clean()
    form.add_error(field if field in form.fields else None, error.message)
    return error.status
