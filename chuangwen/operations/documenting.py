"""The page of all settings, written from their one declaration."""

from chuangwen.kit.environment import SETTINGS

HEAD = """# 配置

全部配置来自环境变量；没有配置文件。本页由 `chuangwen settings --markdown` 按
`chuangwen/kit/environment.py` 生成，有测试保证两者一致。

| 变量 | 默认值 | 说明 |
|---|---|---|
"""


def settings_page() -> str:
    """Markdown with one row a setting, in the order of declaration."""
    rows = [
        f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else '空'} "
        f"| {setting.help.replace('|', '&#124;')} |\n"
        for setting in SETTINGS.values()
    ]
    return HEAD + "".join(rows)
