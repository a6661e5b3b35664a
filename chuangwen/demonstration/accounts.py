"""The log-ins of the demonstration. Plain data: printed without starting Django."""

from dataclasses import dataclass

PASSWORD = "dongqu-yanshi-2021"  # noqa: S105 - shown on the login page of a demonstration only


@dataclass(frozen=True)
class DemonstrationAccount:
    """One person of the demonstration; `role` is a value of people.roles.Role."""

    username: str
    name: str
    role: str
    unit: str
    label: str


ACCOUNTS = (
    DemonstrationAccount("chuangwenban", "王芳", "office", "区创文办", "创文办工作人员"),
    DemonstrationAccount("zhihuibu", "陈建国", "leader", "区创文办", "指挥部领导"),
    DemonstrationAccount("fagai", "李梅", "clerk", "区发改局", "区发改局联络员"),
    DemonstrationAccount("fagai-juzhang", "张伟", "head", "区发改局", "区发改局负责人"),
    DemonstrationAccount("xuanchuan", "吴倩", "clerk", "区委宣传部", "区委宣传部联络员"),
    DemonstrationAccount("zhengfa", "郑凯", "clerk", "区委政法委", "区委政法委联络员"),
    DemonstrationAccount("zhifa", "冯涛", "clerk", "区综合行政执法局", "区综合行政执法局联络员"),
    DemonstrationAccount("ceping", "刘洁", "inspector", "区创文办", "测评员"),
    DemonstrationAccount("ceping2", "郭涛", "inspector", "区创文办", "测评员（第二组）"),
    DemonstrationAccount("wenze", "高洁", "accountability", "区创文办", "问责承办人"),
    DemonstrationAccount("xitong", "赵敏", "system_administrator", "区创文办", "系统管理员"),
    DemonstrationAccount("shenji", "周强", "audit_administrator", "区创文办", "审计管理员"),
    DemonstrationAccount("anquan", "刘洋", "security_administrator", "区创文办", "安全管理员"),
)
OFFICE = "chuangwenban"
LEADER = "zhihuibu"  # signs what the office drafts
CIRCLE = "wenze"  # who handles 问责; a leader too, to see what it rests on
INSPECTORS = tuple(one.username for one in ACCOUNTS if one.role == "inspector")
# Whose sample activity the demonstration shows: the unit, the account of its clerk.
CLERKS = {one.unit: one.username for one in ACCOUNTS if one.role == "clerk"}
BLANK_ACCOUNTS = (
    DemonstrationAccount("kongbai", "何丽", "office", "区创文办", "空白区创文办，从导入通知开始"),
    DemonstrationAccount("kongbai-fagai", "孙磊", "clerk", "区发改局", "空白区发改局联络员"),
)


def describe() -> str:
    """The table of log-ins for a terminal."""
    rows = [
        f"  {account.username:<16}{account.name}　{account.label}"
        for account in (*ACCOUNTS, *BLANK_ACCOUNTS)
    ]
    return "\n".join([f"演示账号（口令都是 {PASSWORD}）：", *rows])
