"""Who acts in a test of many steps."""

from dataclasses import dataclass

from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.rectification.actions.opening import Seen


@dataclass
class Cast:
    """What was seen, who manages, who checks, and two units with their clerks."""

    seen: Seen
    office: Actor
    inspector: Actor
    units: list[Unit]
    clerks: list[Actor]
