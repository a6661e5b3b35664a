"""From bytes to YAML nodes, refusing what could exhaust the machine."""

import yaml

from chuangwen.kit.errors import Invalid

LARGEST_FILE = 20 * 1024 * 1024
DEEPEST = 16
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def parse_yaml(content: bytes) -> yaml.Node:
    """Return the root node.

    Raises Invalid with the line for a file that is empty, too large, neither UTF-8 nor GB18030,
    no YAML, nested too deeply, or uses anchors (a small file could unfold into a huge one).
    """
    if len(content) > LARGEST_FILE:
        raise Invalid(f"文件超过 {LARGEST_FILE // 1024 // 1024} MB。请检查是否选错了文件。")
    text = _decoded(content)
    try:
        _refuse_bombs(text)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise Invalid(f"{_place(error)}不是有效的 YAML。请检查缩进、冒号和引号。") from error
    if root is None:
        raise Invalid("文件是空的。请选择由本系统导出的 YAML 文件。")
    return root


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("文件不是 UTF-8 或 GB18030 编码的文字。请另存为 UTF-8 后再导入。")


def _refuse_bombs(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise Invalid(f"第 {line} 行使用了 YAML 引用（*）。请展开写出内容。")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise Invalid(f"第 {line} 行嵌套过深。请检查缩进。")


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"第 {mark.line + 1} 行" if mark else "文件"
