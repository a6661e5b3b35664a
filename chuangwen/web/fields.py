"""Form fields that several rooms use."""

import datetime
from typing import Any

from django import forms

from chuangwen.kit import typed

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day in the years that a campaign can lie in."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": DAY, **options})

    def clean(self, value: Any) -> datetime.date | None:
        """Return the day. Raises ValidationError with the day as typed when it is far off."""
        day: datetime.date | None = super().clean(value)
        if day is not None and not typed.is_near(day):
            raise forms.ValidationError(
                f"“{value}”超出范围。请填 {typed.FIRST_YEAR} 至 {typed.LAST_YEAR} 年之间的日期。"
            )
        return day
