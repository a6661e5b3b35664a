"""Which papers there are, for whom."""

import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from chuangwen.documents.enums import PaperKind, PaperState, PaperStep
from chuangwen.documents.models import OfficialPaper, PaperEvent
from chuangwen.kit.errors import NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach

WRITING = (PaperStep.DRAFT, PaperStep.EDIT, PaperStep.SUBMIT)


def visible_papers(actor: Actor) -> QuerySet[OfficialPaper]:
    """Return the papers that the actor may open: all for who drafts or signs them; else what was
    issued: of it units read 通报 and what was addressed to a unit within reach, or to one that
    was merged into it."""
    papers: QuerySet[OfficialPaper] = OfficialPaper.objects.all()
    if any(map(actor.may_everywhere, (Permission.DRAFT_PAPERS, Permission.SIGN_PAPERS))):
        return papers
    issued = papers.filter(state=PaperState.ISSUED)
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return issued
    reach = units_within_reach(actor).values("descendant_id")
    own = Q(unit__in=reach) | Q(unit__merged_into__in=reach)
    return issued.filter(Q(kind=PaperKind.BULLETIN) | own)


def with_revocation(papers: QuerySet[OfficialPaper]) -> QuerySet[OfficialPaper]:
    """Let every paper carry `is_revoked`."""
    revoked = PaperEvent.objects.filter(paper=OuterRef("pk"), step=PaperStep.REVOKE)
    found: QuerySet[OfficialPaper] = papers.annotate(is_revoked=Exists(revoked))
    return found


def paper_for(actor: Actor, paper_id: uuid.UUID, *further: str) -> OfficialPaper:
    """Return one visible paper, with `further` rows beside it. One query.

    Raises NotFound, for foreign ones too.
    """
    papers = with_revocation(visible_papers(actor)).select_related("unit", "docx", "pdf", *further)
    paper = papers.filter(pk=paper_id).first()
    if paper is None:
        raise NotFound("没有找到这份公文。可能还没有印发，或不是发给您的单位。")
    return paper


def writers_of(paper: OfficialPaper) -> set[uuid.UUID | None]:
    """Return the accounts that had a hand in the text. One query."""
    rows = PaperEvent.objects.filter(paper=paper, step__in=WRITING)
    return {paper.account_id, *rows.order_by().values_list("account_id", flat=True)}
