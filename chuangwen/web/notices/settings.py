"""What one gets by e-mail; when the district reminds; how the e-mails fare."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.calendar import DAY, caveat
from chuangwen.kit.errors import Invalid
from chuangwen.kit.typed import whole_number
from chuangwen.notices.actions.choosing import choose_mail
from chuangwen.notices.actions.mailing import retry_mail
from chuangwen.notices.actions.reminders import set_offsets
from chuangwen.notices.deadlines import MOST_DAYS, Offsets
from chuangwen.notices.enums import DeliveryState, NoticeKind
from chuangwen.notices.models import ReminderPolicy
from chuangwen.notices.queries.mail import deliveries_for, delivery_numbers, mailed_kinds
from chuangwen.notices.queries.reminders import latest_run, offsets_of
from chuangwen.people.actions.own_email import set_own_email
from chuangwen.people.permissions import Permission
from chuangwen.web.gate import AccountRequest, ActorRequest, page
from chuangwen.web.paging import page_of

YEAR = 365 * DAY


class EmailForm(forms.Form):
    """Where one's e-mails go."""

    email = forms.EmailField(
        label="邮箱",
        required=False,
        help_text="留空则不发邮件",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class OffsetsForm(forms.Form):
    """Working days as people write them: 5、1."""

    before = forms.CharField(
        label="到期前几个工作日",
        required=False,
        max_length=60,
        help_text="用顿号分隔，如 5、1",
    )
    on_day = forms.BooleanField(label="到期当天提醒", required=False)
    after = forms.CharField(
        label="超期后几个工作日",
        required=False,
        max_length=60,
        help_text="用顿号分隔，如 1、3",
    )
    then_every = forms.IntegerField(
        label="此后每隔几个工作日",
        min_value=0,
        max_value=MOST_DAYS,
        help_text="0 表示不再重复；措施不重复",
    )

    def clean_before(self) -> tuple[int, ...]:
        """Read the numbers."""
        return _numbers(self.cleaned_data["before"], "到期前几个工作日")

    def clean_after(self) -> tuple[int, ...]:
        """Read the numbers."""
        return _numbers(self.cleaned_data["after"], "超期后几个工作日")


@page("GET", "POST")
def choose(request: AccountRequest) -> HttpResponse:
    """Show and change one's address, and which kinds one gets by e-mail."""
    form = EmailForm(request.POST or None, initial={"email": request.user.email})
    if request.method == "POST" and form.is_valid():
        set_own_email(email=form.cleaned_data["email"], by=request.actor)
        kinds = [NoticeKind(raw) for raw in request.POST.getlist("kind") if raw in NoticeKind]
        choose_mail(kinds=kinds, by=request.actor)
        messages.success(request, "已保存。新的通知按此发送邮件。")
        return redirect("notice-settings")
    wanted = mailed_kinds(request.actor)
    context = {
        "form": form,
        "kinds": [(kind.value, kind.label, kind in wanted) for kind in NoticeKind],
        "sends": settings.CHUANGWEN_SENDS_EMAIL,
    }
    return render(request, "notices/settings.html", context, status=422 if form.errors else 200)


@page("GET", "POST", may=Permission.DISPATCH_TASKS)
def set_reminders(request: ActorRequest) -> HttpResponse:
    """Show and change the district's offsets."""
    policy = ReminderPolicy.objects.first()
    offsets = offsets_of(policy) if policy else Offsets()
    form = OffsetsForm(request.POST or None, initial=_initial(offsets))
    if request.method == "POST" and form.is_valid():
        version = whole_number(request.POST.get("version", ""))
        try:
            set_offsets(
                offsets=Offsets(**form.cleaned_data),
                base_version=-1 if version is None else version,
                by=request.actor,
            )
        except Invalid as error:
            form.add_error(error.field or None, error.message)
        else:
            messages.success(request, "提醒规则已保存，从下一次每日提醒起生效。")
            return redirect("reminder-settings")
    day = clock.today()
    context = {
        "form": form,
        "version": policy.version if policy else 0,
        "run": latest_run(),
        "caveat": caveat(day, day + YEAR),
    }
    return render(request, "notices/reminders.html", context, status=422 if form.errors else 200)


@page("GET", "POST", may=Permission.MANAGE_ACCOUNTS)
def show_deliveries(request: ActorRequest) -> HttpResponse:
    """Show how the e-mails fare, without their words; POST tries the failed ones again."""
    if request.method == "POST":
        number = retry_mail(by=request.actor)
        messages.success(request, f"{number} 封邮件将重新发送。")
        return redirect("deliveries")
    state = request.GET.get("state", "")
    numbers = delivery_numbers(request.actor)
    context = {
        "page": page_of(request, deliveries_for(request.actor, state)),
        "state": state,
        "states": [(each.value, each.label, numbers.get(each, 0)) for each in DeliveryState],
        "failed": numbers.get(DeliveryState.FAILED, 0),
        "sends": settings.CHUANGWEN_SENDS_EMAIL,
    }
    return render(request, "notices/deliveries.html", context)


def _initial(offsets: Offsets) -> dict[str, object]:
    return {
        "before": "、".join(map(str, offsets.before)),
        "on_day": offsets.on_day,
        "after": "、".join(map(str, offsets.after)),
        "then_every": offsets.then_every,
    }


def _numbers(raw: str, label: str) -> tuple[int, ...]:
    words = raw.replace("、", " ").replace("，", " ").replace(",", " ").split()
    for word in words:
        if not (word.isascii() and word.isdigit() and len(word) <= 4):
            raise forms.ValidationError(
                f"“{label}”的“{word}”不是数字。请只填数字，用顿号分隔，如 5、1。"
            )
    return tuple(int(word) for word in words)
