"""`chuangwen plan parse`: prints the structure of a plan document. No Django, no database."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def register(commands: Any) -> None:
    """Add the group `plan`."""
    group = commands.add_parser("plan", help="行动计划").add_subparsers(required=True)
    parse = group.add_parser(
        "parse", help="解析计划文件（docx、pdf、html、xlsx、xls、ods、txt），输出 JSON、摘要或全文"
    )
    parse.add_argument("file", help="文件路径；- 为标准输入")
    parse.add_argument(
        "--format",
        choices=["json", "summary", "text"],
        default="summary",
        help="text 输出读出的全文，JSON 中的 start、end 按它计数",
    )
    parse.set_defaults(run=parse_plan)


def parse_plan(arguments: argparse.Namespace) -> int:
    """Print the structure; 2 and a message on standard error when the file cannot be read."""
    from chuangwen.plan.parsing import parse, to_json  # noqa: PLC0415 - keeps other commands quick
    from chuangwen.plan.reading import UnreadableDocument, read_document  # noqa: PLC0415

    try:
        source = read_document(_bytes(arguments.file), _name(arguments.file))
    except OSError as error:
        print(f"无法打开“{arguments.file}”：{_reason(error)}", file=sys.stderr)
        return 2
    except UnreadableDocument as error:
        print(error.message, file=sys.stderr)
        return 2
    if arguments.format == "text":
        sys.stdout.write(source.text)
        return 0
    result = to_json(parse(source))
    if arguments.format == "json":
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print(_summary(result))
    return 0


def _reason(error: OSError) -> str:
    """Why a file cannot be opened, and what to do."""
    reasons: dict[type[OSError], str] = {
        FileNotFoundError: "没有这个文件。请检查路径。",
        IsADirectoryError: "这是一个文件夹。请给出其中一份文件的路径。",
        PermissionError: "没有读取权限。请检查文件的权限。",
    }
    return reasons.get(type(error), f"{error.strerror}。请检查路径和权限。")


def _bytes(path: str) -> bytes:
    return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()


def _name(path: str) -> str:
    return "" if path == "-" else Path(path).name


_LABELS = {
    "documents": "文件",
    "phases": "年度和阶段",
    "targets": "目标",
    "areas": "目标领域",
    "actions": "行动",
    "key_works": "重点工作",
    "indicators": "指标",
    "units": "单位",
    "mechanisms": "工作机制",
    "anomalies": "需要确认",
}
_SIGNS = {">=": "≥", "<=": "≤"}


def _summary(result: dict[str, Any]) -> str:
    """The reading for a person: counts first, then one line for each item that matters."""
    lines = [f"{label}：{len(result[key])}" for key, label in _LABELS.items()]
    lines += ["", *(f"【{one['kind']}】{one['title']}" for one in result["documents"])]
    for action in result["actions"]:
        lines.append(f"{action['number'] or '·'} {action['title']}")
        for key, label in (("lead", "牵头"), ("responsible", "责任"), ("supporting", "配合")):
            if units := action[f"{key}_units"]:
                lines.append(f"    {label}：{'、'.join(unit['name'] for unit in units)}")
    lines += [f"{one['number'] or '·'} {one['title']}" for one in result["areas"]]
    lines += [f"{one['year'] or '—'}  {one['text']}" for one in result["targets"]]
    for one in result["indicators"]:
        if one["kind"] == "numeric":
            sign = _SIGNS.get(one["operator"], one["operator"])
            upper = "" if one["upper"] is None else f"—{one['upper']}"
            lines.append(f"指标  {one['name']} {sign} {one['value']}{upper}{one['unit'] or ''}")
    for one in result["anomalies"]:
        lines.append(f"确认  {' '.join(one['text'].split())} → {one['reading'] or one['reason']}")
    return "\n".join(lines)
