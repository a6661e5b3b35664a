"""王芳 of 创文办 drafts, 陈建国 of 指挥部 signs; cases of two bureaus to write about."""

import datetime

import pytest

from chuangwen.documents.actions.deciding import issue_paper, sign_paper, submit_paper
from chuangwen.documents.actions.drafting import draft_report
from chuangwen.documents.actions.making import make_next
from chuangwen.documents.enums import PaperKind
from chuangwen.documents.models import OfficialPaper
from chuangwen.people.actors import Actor
from chuangwen.people.roles import Role
from chuangwen.reports.papers import making
from chuangwen.reports.papers.counting import counted
from tests.rectification.conftest import (  # noqa: F401 - fixtures
    _day,
    builder,
    bureau,
    category,
    clerk,
    dispatched,
    filed,
    handed_in,
    housing,
    inspector,
    office,
    office_unit,
    reported,
    seen,
    street,
)
from tests.townspeople import person

DAY = datetime.date(2021, 9, 15)
SITE = "https://cw.example.gov.cn"


@pytest.fixture
def leader(tenant, office_unit) -> Actor:  # noqa: F811
    return person(tenant, "chenjianguo", "陈建国", Role.LEADER, office_unit)


def now(paper: OfficialPaper) -> dict[str, object]:
    """The arguments by which an action is told which paper, as it is now."""
    found = OfficialPaper.objects.get(pk=paper.pk)
    return {"paper": found, "base_version": found.version}


def submit(paper: OfficialPaper, by: Actor) -> OfficialPaper:
    fresh = OfficialPaper.objects.get(pk=paper.pk)
    blocks = counted(fresh, by, DAY)
    return submit_paper(**now(paper), as_of=DAY, blocks=blocks, by=by)


def issue(paper: OfficialPaper, by: Actor, signer: Actor) -> OfficialPaper:
    """Bring a draft to its number, and let the worker freeze it."""
    submit(paper, by)
    sign_paper(**now(paper), by=signer)
    issue_paper(**now(paper), site_address=SITE, by=by)
    assert make_next(making.set_pages)
    return OfficialPaper.objects.get(pk=paper.pk)


@pytest.fixture
def draft(dispatched, office) -> OfficialPaper:  # noqa: F811
    return draft_report(
        kind=PaperKind.BULLETIN, since=datetime.date(2021, 9, 1),
        until=datetime.date(2021, 9, 30), by=office,
    )  # fmt: skip


@pytest.fixture
def issued(draft, office, leader) -> OfficialPaper:  # noqa: F811
    return issue(draft, office, leader)
