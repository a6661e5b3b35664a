"""What the papers do when rooms below tell them something."""

from chuangwen.audit.actions import Entry
from chuangwen.documents.enums import PaperState, PaperStep
from chuangwen.documents.models import OfficialPaper, PaperEvent
from chuangwen.documents.workflow import BEFORE_ISSUE
from chuangwen.kit import clock
from chuangwen.people.models import Unit
from chuangwen.people.signals import UnitsMerged

WORDS = ("addressees", "opening", "demands", "closing", "title")


def move_to_merged_unit(news: UnitsMerged) -> None:
    """What is not numbered yet goes to the unit that is kept; a draft names it, too. What is under
    review keeps the words that are to be signed: who signs can return it."""
    units = Unit.objects.in_bulk([news.keep_id, news.other_id])
    kept, other = units[news.keep_id], units[news.other_id]
    papers = OfficialPaper.objects.filter(unit=other, state__in=BEFORE_ISSUE).order_by("pk")
    for paper in papers.select_for_update():
        paper.unit, paper.version = kept, paper.version + 1
        if paper.state == PaperState.DRAFT:
            for name in WORDS:
                setattr(paper, name, getattr(paper, name).replace(other.name, kept.name))
        paper.save(update_fields=["unit", "version", *WORDS])
        PaperEvent.objects.create(
            paper=paper, step=PaperStep.EDIT, day=clock.today(), account_id=news.by.account_id,
            text=f"单位合并：{other.name} → {kept.name}",
        )  # fmt: skip
        news.entries.append(Entry("paper.edited", paper, {"unit": [other.name, kept.name]}))
