"""Who is told of the steps of a 督办单."""

from dataclasses import dataclass

from chuangwen.kit import clock
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.notes import Note, told
from chuangwen.people.actors import Actor
from chuangwen.people.queries import office_people, people_by_unit
from chuangwen.supervision.enums import NoticeStep
from chuangwen.supervision.models import NoticeEvent, SupervisionNotice


@dataclass(frozen=True)
class News:
    """The words of one kind of occasion, and whether 创文办 or the unit hears them."""

    kind: NoticeKind
    word: str
    office_hears: bool = False
    wish: str = ""


NEWS = {
    NoticeStep.SERVE: News(
        NoticeKind.SUPERVISION_SERVED, "收到督办单", wish="请签收，并在时限前答复。"
    ),
    NoticeStep.RECEIPT: News(NoticeKind.SUPERVISION_ANSWERED, "督办单已签收", office_hears=True),
    NoticeStep.ANSWER: News(
        NoticeKind.SUPERVISION_ANSWERED, "督办单已答复", office_hears=True, wish="请审阅。"
    ),
    NoticeStep.ACCEPT: News(NoticeKind.SUPERVISION_DECIDED, "督办单答复通过"),
    NoticeStep.RETURN: News(
        NoticeKind.SUPERVISION_DECIDED, "督办单退回重新答复", wish="请按要求重新答复。"
    ),
    NoticeStep.CLOSE: News(NoticeKind.SUPERVISION_DECIDED, "督办单已办结"),
    NoticeStep.WITHDRAW: News(NoticeKind.SUPERVISION_DECIDED, "督办单已撤回", wish="不用再办理。"),
}


def announce(notice: SupervisionNotice, event: NoticeEvent, by: Actor) -> None:
    """Tell those whom a step concerns; a draft concerns nobody yet. Two statements."""
    news = NEWS.get(NoticeStep(event.step))
    if news is None or notice.serial is None:
        return
    day = clock.today()
    if news.office_hears:
        people = office_people(day)
    else:
        people = people_by_unit(day, units=[notice.unit_id]).get(notice.unit_id, [])
    limit = f"，答复时限 {notice.due_on}" if event.due_on else ""
    lines = [f"{notice}{limit}", f"说明：{event.text}" if event.text else "", news.wish]
    note = Note(
        kind=news.kind,
        subject=f"{news.word}：{notice.number} {notice.title}",
        body="\n".join(line for line in lines if line),
        key=f"supervision-notice:{notice.pk}:{notice.version}",
        about=AboutKind.SUPERVISION_NOTICE,
        about_id=notice.pk,
    )
    notify(notes=told(note, people), by=by)
