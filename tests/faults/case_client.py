"""One of several offices that work on the same cases at once, each knowing what it read."""

import datetime
import os
import random
import time
from collections.abc import Callable

DAY = datetime.date(2021, 9, 15)
DUE = datetime.date(2021, 12, 31)
CASES, STEPS = 4, 40
TITLE = "处飞线"  # which those of the demonstration do not have
THINKING = 0.02  # seconds at most, between reading a case and acting on it


def make_cases(by) -> None:
    """Report the cases over which all will work."""
    from chuangwen.rectification.actions.opening import Seen, report_case
    from chuangwen.rectification.enums import Source

    for number in range(CASES):
        seen = Seen(title=f"第{number}{TITLE}", source=Source.SELF, found_on=DAY)
        report_case(seen=seen, by=by)


def work(by) -> None:
    """Forty random steps; what is refused is left, what is done is counted on standard output."""
    from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
    from chuangwen.people.models import Unit
    from chuangwen.rectification.models import Case

    units = list(Unit.objects.filter(kind="government").order_by("pk")[:2])
    lots = random.Random(os.getpid())  # noqa: S311 - which step comes next
    done = stale = 0
    for _ in range(STEPS):
        case = lots.choice(list(Case.objects.filter(title__contains=TITLE).order_by("pk")))
        step = lots.choice(_steps(case, lots.sample(units, 2), by))
        time.sleep(lots.random() * THINKING)
        try:
            step()
            done += 1
        except StaleEdit:
            stale += 1
        except (IllegalTransition, Invalid):
            pass
    print(f"steps {done} {stale}", flush=True)


def _steps(case, units, by) -> list[Callable[[], object]]:
    from chuangwen.rectification.actions import checking, deciding, dispatching, handling

    one, many = {"case": case, "base_version": case.version}, {"versions": {case.pk: case.version}}
    lead, other = units
    return [
        lambda: deciding.file_cases(**many, by=by),
        lambda: dispatching.dispatch_cases(
            **many, lead=lead, supporting=[other], due_on=DUE, by=by
        ),
        lambda: dispatching.reassign_case(**one, lead=other, reason="分工", by=by),
        *(lambda unit=unit: handling.accept_case(**one, unit=unit, by=by) for unit in units),
        *(lambda unit=unit: handling.finish_case(**one, unit=unit, text="好", by=by)
          for unit in units),
        lambda: checking.pass_case(**one, text="好", by=by),
        lambda: checking.fail_case(**one, due_on=DUE, text="没好", by=by),
        lambda: checking.close_case(**one, by=by),
        lambda: checking.reopen_case(**one, reason="又坏", by=by),
    ]  # fmt: skip
