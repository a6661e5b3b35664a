"""The log as rows of a file, hashes included: a copy can be checked against the chain."""

import datetime
import json
from collections.abc import Iterable

from chuangwen.audit.models import AuditEvent
from chuangwen.kit.clock import SHANGHAI
from chuangwen.people.actions.audit_log import EXPORT_LIMIT
from chuangwen.reports.sheets import Book, Column, Kind, Sheet
from chuangwen.web.people.verbs import verb_label

HEADER = (
    "序号", "时间", "操作账号编号", "动作", "动作代码", "对象类型", "对象编号", "对象名称",
    "变更", "哈希",
)  # fmt: skip
WIDTHS = (10, 20, 38, 18, 24, 24, 38, 30, 60, 66)
NOTES = (
    ("时间", "北京时间（Asia/Shanghai）。"),
    ("操作账号编号", "账号以编号出现；“系统”为命令或定时任务。姓名见账号管理。"),
    ("哈希", "每条的 SHA-256，含前一条的哈希；全链校验用“chuangwen audit verify”。"),
    ("条数", f"一次最多导出 {EXPORT_LIMIT} 条，可用日期分段导出。"),
)


def export_row(event: AuditEvent) -> tuple[str | int, ...]:
    """Return one event in the order of HEADER."""
    return (
        event.sequence,
        f"{event.occurred_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
        str(event.account_id) if event.account_id else "系统",
        verb_label(event.verb),
        event.verb,
        event.object_type,
        str(event.object_id or ""),
        event.label,
        json.dumps(event.changes, ensure_ascii=False, sort_keys=True)[:32_000],
        event.hash,
    )


def audit_book(events: Iterable[AuditEvent], day: datetime.date) -> Book:
    """Return the events as a workbook with notes on its columns."""
    columns = tuple(
        Column(name, width, Kind.NUMBER if name == "序号" else Kind.TEXT)
        for name, width in zip(HEADER, WIDTHS, strict=True)
    )
    rows = (export_row(event) for event in events)
    return Book(
        title="审计记录", as_of=day, sheets=(Sheet("审计记录", columns, rows),), notes=NOTES
    )
