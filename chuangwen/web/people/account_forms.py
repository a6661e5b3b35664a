"""The forms about accounts and what they may do."""

from django import forms

from chuangwen.people.roles import ROLE_LABELS
from chuangwen.web.fields import DayField
from chuangwen.web.people.unit_forms import UnitField


class AccountForm(forms.Form):
    """What is known of the person."""

    name = forms.CharField(label="姓名", max_length=60)
    phone = forms.CharField(label="手机号", max_length=20, required=False)
    email = forms.EmailField(label="邮箱", required=False)


class NewAccountForm(AccountForm):
    """The same, with the log-in name, which stays."""

    username = forms.CharField(
        label="登录名", max_length=60, help_text="建立后不能修改，建议用单位简称加姓名拼音。"
    )
    field_order = ("username", "name", "phone", "email")


class GrantForm(forms.Form):
    """A role in a unit, for a time."""

    unit = UnitField(label="单位")
    role = forms.ChoiceField(
        label="角色", choices=[(role.value, label) for role, label in ROLE_LABELS.items()]
    )
    valid_from = DayField(label="起", required=False)
    valid_until = DayField(label="止", required=False)
