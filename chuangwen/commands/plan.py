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
        print(f"无法打开“{arguments.file}”：{error.strerror}。请检查路径和权限。", file=sys.stderr)
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


def _bytes(path: str) -> bytes:
    return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()


def _name(path: str) -> str:
    return "" if path == "-" else Path(path).name


def _summary(result: dict[str, Any]) -> str:
    labels = {
        "documents": "文件",
        "phases": "年度和阶段",
        "areas": "目标领域",
        "actions": "提升行动",
        "key_works": "重点工作",
        "indicators": "指标",
        "units": "单位",
        "mechanisms": "工作机制",
        "anomalies": "需要确认",
    }
    lines = [f"{label}：{len(result[key])}" for key, label in labels.items()]
    lines += [f"  {item['text']} → {item['reading']}" for item in result["anomalies"]]
    return "\n".join(lines)
