"""Rows of the supervision room."""

from chuangwen.supervision.models.accountability import Accountability as Accountability
from chuangwen.supervision.models.accountability import AccountabilityBasis as AccountabilityBasis
from chuangwen.supervision.models.accountability import AccountabilityEvent as AccountabilityEvent
from chuangwen.supervision.models.ladder import Ladder as Ladder
from chuangwen.supervision.models.ladder import Rung as Rung
from chuangwen.supervision.models.meetings import DecisionReport as DecisionReport
from chuangwen.supervision.models.meetings import Meeting as Meeting
from chuangwen.supervision.models.meetings import MeetingDecision as MeetingDecision
from chuangwen.supervision.models.meetings import MeetingUnit as MeetingUnit
from chuangwen.supervision.models.notices import NoticeCase as NoticeCase
from chuangwen.supervision.models.notices import NoticeEvent as NoticeEvent
from chuangwen.supervision.models.notices import NoticeNumber as NoticeNumber
from chuangwen.supervision.models.notices import SupervisionNotice as SupervisionNotice
from chuangwen.supervision.models.steps import EscalationRun as EscalationRun
from chuangwen.supervision.models.steps import EscalationStep as EscalationStep
from chuangwen.supervision.models.steps import WaitingReminder as WaitingReminder
