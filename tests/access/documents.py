"""What the two districts hold of official papers: a draft, and what was issued, and to whom."""

from typing import TYPE_CHECKING

from chuangwen.documents.actions.drafting import draft_notice, draft_report
from chuangwen.documents.enums import PaperKind, PaperState
from chuangwen.documents.models import OfficialPaper
from chuangwen.files.actions.storing import store_file
from chuangwen.people.actors import system_actor
from chuangwen.rectification.models import Case

from .cases import DAY

if TYPE_CHECKING:
    from .world import District


def add_papers(district: "District") -> None:
    """A draft, an issued 通报, and a 整改通知书 to each of two units."""
    by = system_actor(district.tenant.pk)
    for place, relation in enumerate(("draft", "bulletin", "own", "sibling")):
        if relation in {"draft", "bulletin"}:
            paper = draft_report(kind=PaperKind.BULLETIN, since=DAY, until=DAY, by=by)
        else:
            case = Case.objects.get(lead=district.units[relation])
            paper = draft_notice(unit=district.units[relation], cases=[case], by=by)
        if relation != "draft":
            file = store_file(
                content=f"%PDF {district.mark} {relation}".encode(), name="x.pdf", by=by,
                any_kind=True,
            )  # fmt: skip
            OfficialPaper.objects.filter(pk=paper.pk).update(
                state=PaperState.ISSUED, year=2021, serial=place, number=f"{district.mark}{place}",
                issued_on=DAY, docx=file, pdf=file, code=f"{district.mark}{place}",
                token=f"{district.mark}{place}",
            )  # fmt: skip
        district.add("paper", relation, pk=paper.pk)
