"""A typed transition table. The diagram and the permission page are generated from it.

A room declares one `Workflow`; its actions call `check()` under a row lock, change the stored
state and record the event. Nothing else may assign the state field.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import TextChoices

from chuangwen.kit.errors import IllegalTransition

State = TypeVar("State", bound=TextChoices)


@dataclass(frozen=True)
class Transition(Generic[State]):
    """One step: its name, the states it may start from, the state it ends in, its Chinese label.

    Without a target the record stays in its state: the step changes something else.
    """

    name: str
    sources: tuple[State, ...]
    target: State | None
    label: str


class Workflow(Generic[State]):
    """All steps of one kind of record.

    Raises ValueError at import time when two steps share a name: a table must be readable.
    """

    def __init__(self, noun: str, transitions: Iterable[Transition[State]]) -> None:
        self.noun = noun
        self.transitions = tuple(transitions)
        self._by_name = {step.name: step for step in self.transitions}
        if len(self._by_name) != len(self.transitions):
            raise ValueError(f"{noun}: two transitions share a name")

    def check(self, name: str, state: State) -> State:
        """Return the state that step `name` leads to. Raises IllegalTransition with a reason."""
        step = self._by_name[name]
        if state not in step.sources:
            possible = "、".join(str(source.label) for source in step.sources)
            current = state.label
            raise IllegalTransition(
                f"{self.noun}当前为“{current}”，不能{step.label}。只有“{possible}”时可以。"
                "可能已有人处理，请刷新页面查看。"
            )
        return state if step.target is None else step.target
