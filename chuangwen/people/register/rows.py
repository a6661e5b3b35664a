"""The columns of the register, and one row of it as read."""

import datetime
from dataclasses import dataclass

NAME, KIND, PARENT, CODE = "名称", "类别", "上级单位", "编码"
ALIASES, VALID_FROM, VALID_UNTIL = "别名", "启用日期", "停用日期"
COLUMNS = (NAME, KIND, PARENT, CODE, ALIASES, VALID_FROM, VALID_UNTIL)
REQUIRED = (NAME, KIND)
ALIAS_SEPARATOR = "、"


@dataclass(slots=True)
class RegisterRow:
    """One line of the file, numbered as the spreadsheet shows it. None: not stated, keep."""

    line: int
    name: str
    kind: str | None = None
    parent: str | None = None
    code: str | None = None
    aliases: tuple[str, ...] = ()
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None

    def place(self, column: str) -> str:
        """Return where a clerk finds the cell: 第 12 行“名称”."""
        return f"第 {self.line} 行“{column}”"
