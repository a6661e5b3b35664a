"""The words that the policy tables are written in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chuangwen.people.roles import Role

OFFICE, LEADER, CLERK, HEAD, INSPECTOR = (
    Role.OFFICE.value,
    Role.LEADER.value,
    Role.CLERK.value,
    Role.HEAD.value,
    Role.INSPECTOR.value,
)
ACCOUNTABILITY = Role.ACCOUNTABILITY.value  # the closed circle, and nothing else
SYSTEM = Role.SYSTEM_ADMINISTRATOR.value
AUDIT = Role.AUDIT_ADMINISTRATOR.value
SECURITY = Role.SECURITY_ADMINISTRATOR.value
STRANGER = "stranger"  # not signed in
WITHOUT_POST = "without_post"  # signed in, holds no role
FORMER = "former"  # was 创文办 staff until yesterday
WEST = "west"  # 创文办 staff of another district

POSTS = (OFFICE, LEADER, CLERK, HEAD, INSPECTOR, ACCOUNTABILITY, SYSTEM, AUDIT, SECURITY)
SIGNED_IN = (*POSTS, WITHOUT_POST, FORMER, WEST)
VIEWERS = (STRANGER, *SIGNED_IN)
DISTRICT = (OFFICE, LEADER, INSPECTOR)  # read everything
STAFF = (CLERK, HEAD)  # read their unit and what is below it
READERS = (*DISTRICT, *STAFF)

# Relations of an object to the viewers' unit that are nobody's in this district.
FOREIGN, MIXED, MISSING = "foreign", "mixed", "missing"
NEVER = (FOREIGN, MIXED, MISSING)
REACH = "own child closed"

LOGIN = "login"  # sent to the log-in page
UNKNOWN = 401  # the same, for a program
METHODS = ("GET", "POST", "PUT", "HEAD")
Body = Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Rule:
    """These viewers get this status on these relations; no relations: on all of the district."""

    status: int
    viewers: tuple[str, ...]
    relations: frozenset[str]

    def covers(self, viewer: str, relation: str) -> bool:
        if viewer not in self.viewers:
            return False
        if relation in NEVER:
            return relation in self.relations
        return not self.relations or relation in self.relations


def answers(status: int, *viewers: str, on: str = "") -> Rule:
    """`answers(200, CLERK, HEAD, on="own child")`."""
    return Rule(status, viewers, frozenset(on.split()))


@dataclass(frozen=True)
class Address:
    """What the address of one name answers. `of` is a kind of object in `world.py`, or empty.

    Whoever no rule of the method names gets 403; named viewers get 404 for an object that none of
    their rules covers, exactly as for one that does not exist; strangers are sent to the log-in
    page; 创文办 staff of another district get what ours get where no object is named.
    `send` is the body of a POST; without it the form is sent empty.
    """

    of: str = ""
    GET: tuple[Rule, ...] = ()
    POST: tuple[Rule, ...] = ()
    PUT: tuple[Rule, ...] = ()
    HEAD: tuple[Rule, ...] = ()  # where it is more than GET without the page
    path: Mapping[str, str] = field(default_factory=dict)
    send: Body = lambda world: {"csrfmiddlewaretoken": "as every form has it"}
    api: bool = False  # for programs: strangers are told so instead of being sent to log in

    @property
    def methods(self) -> tuple[str, ...]:
        return tuple(method for method in METHODS if getattr(self, method))

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for method in self.methods for rule in getattr(self, method))

    def expected(self, method: str, viewer: str, relation: str) -> int | str:
        """Return the status, or LOGIN."""
        rules: tuple[Rule, ...] = getattr(self, method)
        for rule in rules:
            if rule.covers(viewer, relation):
                return rule.status
        if viewer == STRANGER:
            return UNKNOWN if self.api else LOGIN
        if viewer == WEST and not any(WEST in rule.viewers for rule in rules):
            return self._expected_in_west(rules, relation)
        return 404 if any(viewer in rule.viewers for rule in rules) else 403

    def hides(self, method: str, viewer: str, relation: str) -> bool:
        """Tell whether the object must be as if it did not exist: no rule shows it."""
        shown = any(rule.covers(viewer, relation) for rule in getattr(self, method))
        return bool(self.of) and not shown

    def _expected_in_west(self, rules: tuple[Rule, ...], relation: str) -> int:
        ours = [rule for rule in rules if OFFICE in rule.viewers]
        if not ours:
            return 403
        return 404 if self.of else ours[0].status
