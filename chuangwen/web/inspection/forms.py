"""Forms about rounds and samples."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from chuangwen.framework.models import FrameworkVersion
from chuangwen.inspection.enums import Dimension, RoundKind, Sampling
from chuangwen.inspection.models import Round
from chuangwen.inspection.precision import CONFIDENCES, WantedPrecision
from chuangwen.inspection.wishes import STRATA, RoundFacts, SampleWishes
from chuangwen.kit import clock
from chuangwen.web.fields import DayField


class RoundForm(forms.Form):
    """The head of a round."""

    name = forms.CharField(label="名称", max_length=100, help_text="如“2021年9月模拟测评”。")
    kind = forms.ChoiceField(label="类别", choices=RoundKind.choices)
    framework_version = forms.ModelChoiceField[FrameworkVersion](
        label="测评体系版本", queryset=None, help_text="只列出已发布的版本。启动后不再变。"
    )
    starts_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期")
    is_blind = forms.BooleanField(
        label="对被测单位保密（暗访）",
        required=False,
        help_text="结束前，单位看不到本轮的任何内容。",
    )
    second_percent = forms.IntegerField(
        label="双人复测比例（%）",
        min_value=0,
        max_value=100,
        initial=0,
        help_text="这一部分点位由另一组再测一次，只用于比对测评员的尺度。",
    )
    earlier = forms.ModelChoiceField[Round](
        label="对照的上一轮",
        queryset=None,
        required=False,
        help_text="结果与它比较；“上轮未达标点位”也从它取。",
    )
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, versions: Any, earlier: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["framework_version"].queryset = versions  # type: ignore[attr-defined]
        self.fields["earlier"].queryset = earlier  # type: ignore[attr-defined]

    def facts(self) -> RoundFacts:
        """Return the head that was typed. Raises Invalid naming the field."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return RoundFacts(**data | {"kind": RoundKind(data["kind"])})


class SampleForm(forms.Form):
    """How sites are to be chosen. Sent by GET for a preview and by POST to draw."""

    method = forms.ChoiceField(
        label="抽样方法", choices=Sampling.choices, initial=Sampling.STRATIFIED
    )
    strata = forms.MultipleChoiceField(
        label="分层",
        choices=[(one.value, one.label) for one in STRATA],
        initial=[Dimension.SITE_TYPE.value, Dimension.AREA.value],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    size = forms.IntegerField(
        label="抽样数量", required=False, min_value=1, help_text="不填则按下面的精度测算。"
    )
    margin = forms.FloatField(label="允许误差（± 百分点）", initial=5, min_value=0.1)
    confidence = forms.ChoiceField(
        label="置信度", choices=[(str(one), f"{one}%") for one in CONFIDENCES], initial="95"
    )
    expected = forms.FloatField(
        label="预计达标率（%）", initial=50, help_text="没有把握时填 50，所需数量最多。"
    )
    every_stratum = forms.BooleanField(
        label="每层各自达到这个精度",
        required=False,
        help_text="所需数量多得多；不选则整体达到。",
    )
    least = forms.IntegerField(label="每层最少", initial=1, min_value=0)
    seed = forms.CharField(
        label="抽样种子",
        max_length=40,
        required=False,
        help_text="任意文字，如抽样日期。同样的名录、种子和要求，抽出同样的点位。",
    )
    site_types = forms.MultipleChoiceField(label="只从这些类型", required=False)
    areas = forms.MultipleChoiceField(label="只从这些街道或社区", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        site_types: Iterable[tuple[uuid.UUID, str]],
        areas: Iterable[tuple[uuid.UUID, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site_types"].choices = [(str(pk), name) for pk, name in site_types]  # type: ignore[attr-defined]
        self.fields["areas"].choices = [(str(pk), name) for pk, name in areas]  # type: ignore[attr-defined]
        self.fields["seed"].initial = clock.today().isoformat()

    def wishes(self) -> SampleWishes:
        """Return what was wished. Raises Invalid naming the field."""
        data = self.cleaned_data
        precision = None
        if data["size"] is None:
            precision = WantedPrecision(
                margin=data["margin"],
                confidence=int(data["confidence"]),
                expected=data["expected"],
            )
        return SampleWishes(
            method=Sampling(data["method"]),
            strata=tuple(Dimension(one) for one in data["strata"]),
            size=data["size"],
            least=data["least"],
            seed=data["seed"].strip(),
            precision=precision,
            every_stratum=data["every_stratum"],
            site_types=frozenset(map(uuid.UUID, data["site_types"])),
            areas=frozenset(map(uuid.UUID, data["areas"])),
        )
