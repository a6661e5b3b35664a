"""Sample papers of the demonstration: a 通报 that was issued, and a 整改通知书 that is a draft."""

import datetime

from django.conf import settings

from chuangwen.demonstration.cases import ENFORCEMENT, TODAY
from chuangwen.documents.actions.deciding import issue_paper, sign_paper, submit_paper
from chuangwen.documents.actions.drafting import draft_notice, draft_report
from chuangwen.documents.actions.making import make_paper
from chuangwen.documents.enums import PaperKind
from chuangwen.files.actions.rendering import render_derivatives
from chuangwen.files.enums import DerivativeState
from chuangwen.files.models import Attachment, Derivative
from chuangwen.kit.clock import as_on
from chuangwen.kit.samples import sampling
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.rectification.enums import CASE_KIND, EVENT_KIND
from chuangwen.rectification.models import Case
from chuangwen.rectification.workflow import WITH_UNITS
from chuangwen.reports.papers.counting import counted
from chuangwen.reports.papers.making import set_pages

SINCE = datetime.date(2021, 8, 16)


def load_papers(office: Actor, leader: Actor) -> None:
    """Draft, sign and issue a 通报 of the last month; draft a notice."""
    with sampling(), as_on(TODAY):
        _issue_bulletin(office, leader)
        unit = Unit.objects.get(name=ENFORCEMENT)
        given = Case.objects.filter(lead=unit, state__in=WITH_UNITS, suspended_on__isnull=True)
        draft_notice(unit=unit, cases=list(given.order_by("due_on", "pk")), by=office)


def _make_pictures() -> None:
    """The worker makes small pictures later; the paper shows those of the cases now."""
    owned = Attachment.objects.filter(owner_kind__in=(CASE_KIND, EVENT_KIND))
    waiting = Derivative.objects.filter(
        state=DerivativeState.WAITING, source__in=owned.order_by().values("file_id")
    )
    for file_id in set(waiting.values_list("source_id", flat=True)):
        render_derivatives(file_id=file_id)


def _issue_bulletin(office: Actor, leader: Actor) -> None:
    _make_pictures()
    paper = draft_report(kind=PaperKind.BULLETIN, since=SINCE, until=TODAY, by=office)
    paper = submit_paper(
        paper=paper, base_version=paper.version, as_of=TODAY,
        blocks=counted(paper, office, TODAY), by=office,
    )  # fmt: skip
    paper = sign_paper(paper=paper, base_version=paper.version, by=leader)
    paper = issue_paper(
        paper=paper, base_version=paper.version, site_address=settings.CHUANGWEN_ADDRESS, by=office
    )
    make_paper(paper.pk, set_pages)
