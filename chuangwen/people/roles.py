"""Which role carries which permissions, and how far. The whole policy on one screen.

The three administrator roles are separated (GB/T 22239-2019, 8.1.5: system, audit, security
management): none of them sees business content by itself, and no account may hold two of them.
"""

from enum import StrEnum

from chuangwen.people.permissions import Permission


class Role(StrEnum):
    """A role that a membership gives within one unit."""

    OFFICE = "office"
    LEADER = "leader"
    CLERK = "clerk"
    HEAD = "head"
    INSPECTOR = "inspector"
    ACCOUNTABILITY = "accountability"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"

    @property
    def label(self) -> str:
        """The Chinese name shown to people."""
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.OFFICE: "创文办工作人员",
    Role.LEADER: "指挥部领导",
    Role.CLERK: "单位联络员",
    Role.HEAD: "单位负责人",
    Role.INSPECTOR: "测评员、督查员",
    Role.ACCOUNTABILITY: "问责承办人",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
    Role.AUDIT_ADMINISTRATOR: "审计管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
}

# Permissions that reach the whole district.
DISTRICT_WIDE: dict[Role, frozenset[Permission]] = {
    Role.OFFICE: frozenset(
        {
            Permission.VIEW_DISTRICT,
            Permission.MANAGE_UNITS,
            Permission.MANAGE_FRAMEWORK,
            Permission.MANAGE_SITES,
            Permission.MANAGE_PLAN,
            Permission.DISPATCH_TASKS,
            Permission.MANAGE_ROUNDS,
            Permission.REVIEW_TASKS,
            Permission.REVIEW_INDICATORS,
            Permission.ANSWER_DUTY_QUESTIONS,
            Permission.EXPORT_PLAN,
            Permission.INSPECT,
            Permission.REVIEW_RECORDS,
            Permission.REPORT_CASES,
            Permission.MANAGE_CASES,
            Permission.VERIFY_CASES,
            Permission.CLOSE_CASES,
            Permission.MANAGE_SUPERVISION,
            Permission.DRAFT_PAPERS,
            Permission.SIGN_PAPERS,
        }
    ),
    Role.LEADER: frozenset(
        {Permission.VIEW_DISTRICT, Permission.EXPORT_PLAN, Permission.SIGN_PAPERS}
    ),
    Role.INSPECTOR: frozenset(
        {
            Permission.VIEW_DISTRICT,
            Permission.INSPECT,
            Permission.REPORT_CASES,
            Permission.VERIFY_CASES,
        }
    ),
    # A closed circle: no other role sees the ledger, and this one alone sees nothing else.
    Role.ACCOUNTABILITY: frozenset({Permission.HANDLE_ACCOUNTABILITY}),
    Role.SYSTEM_ADMINISTRATOR: frozenset({Permission.MANAGE_ACCOUNTS, Permission.MANAGE_UNITS}),
    Role.AUDIT_ADMINISTRATOR: frozenset({Permission.VIEW_AUDIT}),
    Role.SECURITY_ADMINISTRATOR: frozenset({Permission.MANAGE_SECURITY}),
}

# Permissions that reach the unit of the membership (reading: its subordinate units as well).
WITHIN_UNIT: dict[Role, frozenset[Permission]] = {
    Role.OFFICE: frozenset(
        {
            Permission.VIEW_OWN_UNIT,
            Permission.WORK_ON_TASKS,
            Permission.REPORT_INDICATORS,
            Permission.WORK_ON_CASES,
            Permission.ANSWER_SUPERVISION,
        }
    ),
    Role.CLERK: frozenset(
        {
            Permission.VIEW_OWN_UNIT,
            Permission.WORK_ON_TASKS,
            Permission.REPORT_INDICATORS,
            Permission.RECORD_SITE_WORK,
            Permission.REPORT_CASES,
            Permission.WORK_ON_CASES,
            Permission.ANSWER_SUPERVISION,
            Permission.ASK_ABOUT_DUTY,
            Permission.EXPORT_PLAN,
        }
    ),
    Role.HEAD: frozenset(
        {
            Permission.VIEW_OWN_UNIT,
            Permission.ASK_ABOUT_DUTY,
            Permission.EXPORT_PLAN,
            Permission.ANSWER_SUPERVISION,
        }
    ),
}

SEPARATED_ROLES = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR}
)
