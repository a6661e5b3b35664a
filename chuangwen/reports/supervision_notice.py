"""From a 督办单 of the district to the plain data that is printed."""

from chuangwen.people.actors import Actor
from chuangwen.reports.official.supervision_notice import ListedProblem, SupervisionFacts
from chuangwen.supervision.enums import NoticeStep
from chuangwen.supervision.queries.notices import Course
from chuangwen.tenancy.models import Tenant


def supervision_facts(course: Course, viewer: Actor) -> SupervisionFacts:
    """Return what a 督办单 says that the viewer was given already. One query."""
    notice = course.notice
    # The paper says what was served; what a return set instead is said apart.
    set_by = {event.step: event.due_on for event in course.events if event.due_on}
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
        due_on=set_by.get(NoticeStep.SERVE, notice.due_on),
        renewed_due_on=set_by.get(NoticeStep.RETURN),
        is_sample=notice.is_sample,
    )
