"""What a rung of the ladder means, with Chinese names."""

from django.db import models


class Measure(models.TextChoices):
    """What reaching a rung amounts to. The system tells people and keeps the list; whoever issues
    a 通报, holds a 约谈 or proposes 问责 is a person."""

    REMIND = "remind", "提醒"
    URGE = "urge", "催办"
    BULLETIN = "bulletin", "列入通报"
    TALK = "talk", "约谈"
    ACCOUNTABILITY = "accountability", "问责建议"


class Audience(models.TextChoices):
    """Who is told at a rung."""

    CLERK = "clerk", "联络员"
    HEAD = "head", "负责人"
    LEADER = "leader", "分管领导"
    OFFICE = "office", "创文办"
