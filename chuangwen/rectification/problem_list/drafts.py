"""What a problem list comes to: drafts of cases, what is doubtful, and what is wrong."""

import datetime
from dataclasses import dataclass, field

from chuangwen.people.models import Unit
from chuangwen.rectification.enums import Source
from chuangwen.rectification.models import Case, Category
from chuangwen.rectification.problem_list.layout import ProblemSheet
from chuangwen.sites.models import Site

USUAL_SOURCE = Source.CITY_OFFICE


@dataclass(frozen=True)
class Defaults:
    """What holds for rows that do not say, and how strict the reading is.

    `leaves_units_open`: a unit that the register does not know stays in the text, and the case
    without it, instead of being an error.
    """

    found_on: datetime.date
    source: Source = USUAL_SOURCE
    leaves_units_open: bool = False


@dataclass
class Draft:
    """A case that a row would become. `twin_of`: the case or row that says the same."""

    key: str
    where: str
    title: str
    text: str
    place: str
    source: Source
    found_on: datetime.date
    category: Category | None = None
    site: Site | None = None
    area: Unit | None = None
    lead: Unit | None = None
    supporting: tuple[Unit, ...] = ()
    due_on: datetime.date | None = None
    deadline_text: str = ""
    kept: list[tuple[str, str]] = field(default_factory=list)  # by title, into the text
    notes: list[str] = field(default_factory=list)
    twin_of: str = ""
    twin_case: Case | None = None

    def is_ready(self, today: datetime.date) -> bool:
        """Tell whether it can be dispatched at once: it has a unit and a deadline to come."""
        return self.lead is not None and self.due_on is not None and self.due_on >= today


@dataclass
class ReadList:
    """A whole file, read. `unread`: sheets without a problem list."""

    sheets: list[ProblemSheet]
    unread: list[str]
    pictures: int
    drafts: list[Draft]

    @property
    def twins(self) -> list[Draft]:
        """Rows that say what a case or another row says."""
        return [draft for draft in self.drafts if draft.twin_of]

    @property
    def doubtful(self) -> list[Draft]:
        """Rows of which something was supposed."""
        return [draft for draft in self.drafts if draft.notes]

    @property
    def hidden(self) -> int:
        """How many of the rows are hidden in the spreadsheet."""
        return sum(sheet.hidden for sheet in self.sheets)
