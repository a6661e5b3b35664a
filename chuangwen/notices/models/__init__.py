"""Notices and their deliveries, reminders, calendar addresses."""

from chuangwen.notices.models.addresses import CalendarAddress
from chuangwen.notices.models.deliveries import Delivery, EmailChoice
from chuangwen.notices.models.notices import Notice
from chuangwen.notices.models.reminders import ReminderPolicy, ReminderRun

__all__ = [
    "CalendarAddress",
    "Delivery",
    "EmailChoice",
    "Notice",
    "ReminderPolicy",
    "ReminderRun",
]
