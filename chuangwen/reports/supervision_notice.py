"""From a 督办单 of the district to the plain data that is printed."""

from chuangwen.people.actors import Actor
from chuangwen.reports.official.supervision_notice import ListedProblem, SupervisionFacts
from chuangwen.supervision.queries.notices import Course
from chuangwen.tenancy.models import Tenant


def supervision_facts(course: Course, viewer: Actor) -> SupervisionFacts:
    """Return what a 督办单 says that the viewer was given already. One query."""
    notice = course.notice
    district = Tenant.objects.get(pk=viewer.tenant_id)
    return SupervisionFacts(
        title=notice.title,
        issuer=f"{district.name}创文办",
        unit=notice.unit.name,
        text=notice.text,
        demands=notice.demands,
        answer_days=notice.answer_days,
        problems=tuple(
            ListedProblem(number=case.number, title=case.title, due_on=case.due_on)
            for case in course.cases
        ),
        number=notice.number,
        served_on=notice.served_on,
        due_on=notice.due_on,
        is_sample=notice.is_sample,
    )
