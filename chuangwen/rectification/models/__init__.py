"""Rows of the rectification room."""

from chuangwen.rectification.models.cases import Case as Case
from chuangwen.rectification.models.cases import CaseNumber as CaseNumber
from chuangwen.rectification.models.cases import CaseShare as CaseShare
from chuangwen.rectification.models.categories import Category as Category
from chuangwen.rectification.models.events import CaseEvent as CaseEvent
from chuangwen.rectification.models.events import EventUnit as EventUnit
from chuangwen.rectification.models.ranking import RankingRule as RankingRule
