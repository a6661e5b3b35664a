"""The addresses that notices lead to, for pages and e-mails."""

from django.urls import reverse

from chuangwen.notices.enums import AboutKind
from chuangwen.notices.links import register_path


def register_paths() -> None:
    """Tell the notices room where each kind of thing is found."""
    register_path(AboutKind.PART, lambda pk: reverse("plan-part", args=[pk]))
    register_path(AboutKind.TASK, lambda pk: reverse("plan-task", args=[pk]))
    register_path(AboutKind.ACTION, lambda pk: reverse("plan-action", args=[pk]))
    register_path(AboutKind.INDICATOR, lambda pk: reverse("indicator", args=[pk]))
    register_path(AboutKind.LATE_PARTS, lambda pk: reverse("plan-parts") + "?late=1")
    register_path(AboutKind.ROUND, lambda pk: reverse("round", args=[pk]))
    register_path(AboutKind.SITE, lambda pk: reverse("site", args=[pk]))
    register_path(AboutKind.UNIT_SITES, lambda pk: f"{reverse('sites')}?unit={pk}")
    register_path(AboutKind.CASE, lambda pk: reverse("case", args=[pk]))
    register_path(AboutKind.CASES, lambda pk: reverse("cases") + "?view=mending")
    register_path(AboutKind.STANDINGS, lambda pk: reverse("standings"))
    register_path(AboutKind.SUPERVISION_NOTICE, lambda pk: reverse("supervision-notice", args=[pk]))
    register_path(AboutKind.PAPER, lambda pk: reverse("paper", args=[pk]))
    register_path(AboutKind.MEETING, lambda pk: reverse("meeting", args=[pk]))
    register_path(AboutKind.INDICATORS, lambda pk: reverse("indicators"))
