"""What the two districts hold of rectification: a case of each unit, and what was reported."""

import datetime
from typing import TYPE_CHECKING

from chuangwen.files.actions.attaching import Named, attach_stored
from chuangwen.files.models import StoredFile
from chuangwen.inspection.models import Finding
from chuangwen.people.actors import system_actor
from chuangwen.rectification.actions.deciding import file_cases
from chuangwen.rectification.actions.dispatching import dispatch_cases
from chuangwen.rectification.actions.opening import Origin, Seen, open_cases
from chuangwen.rectification.enums import CASE_KIND, OriginKind, Source
from chuangwen.rectification.models import Case, Category
from chuangwen.sites.models import Site

if TYPE_CHECKING:
    from .world import District

DAY, DUE = datetime.date(2021, 9, 12), datetime.date(2099, 9, 30)


def add_cases(district: "District") -> None:
    """A case given to each unit, one that nobody has yet, one opened from a finding."""
    by, mark = system_actor(district.tenant.pk), district.mark
    category = Category.objects.create(
        code=f"{mark}01", name=f"{mark}区井盖破损", kind="component", working_days=5
    )
    district.add("category", "here", pk=category.pk)
    photo = StoredFile.objects.create(sha256=f"c{ord(mark):063}", size=3, media_type="image/jpeg")
    finding = Finding.objects.filter(round__number=105).first()
    for relation in ("own", "child", "sibling", "reported"):
        origin = finding.pk if relation == "reported" else district.units[relation].pk
        seen = Seen(
            title=f"{mark}区井盖破损{relation}", text=f"{mark}区详情", source=Source.CITIZEN,
            found_on=DAY, place=f"{mark}区路口", category=category, site=Site.objects.first(),
            area=district.units["own"], proposed_lead=district.units["sibling"],
        )  # fmt: skip
        (case,) = open_cases(found=[(seen, Origin(OriginKind.FINDING, origin))], by=by)
        attach_stored(kind=CASE_KIND, files={case.pk: [Named(photo.pk, f"{mark}.jpg")]}, by=by)
        if relation != "reported":
            file_cases(versions={case.pk: case.version}, by=by)
            case.refresh_from_db()
            dispatch_cases(
                versions={case.pk: case.version}, lead=district.units[relation], due_on=DUE, by=by
            )
        district.add("case", relation, pk=Case.objects.get(pk=case.pk).pk)
