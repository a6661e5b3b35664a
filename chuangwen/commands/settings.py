"""`chuangwen settings`: what can be configured, and what is in force."""

import argparse
from typing import Any


def register(commands: Any) -> None:
    """Add the command `settings`."""
    parser = commands.add_parser("settings", help="列出全部配置项和当前值")
    parser.add_argument("--markdown", action="store_true", help="输出 docs/configuration.md")
    parser.set_defaults(run=show_settings)


def show_settings(arguments: argparse.Namespace) -> int:
    """Print the page, or the values in force with secrets hidden."""
    from chuangwen.kit.environment import SETTINGS  # noqa: PLC0415 - lazily, like all commands
    from chuangwen.operations.documenting import settings_page  # noqa: PLC0415

    if arguments.markdown:
        print(settings_page(), end="")
        return 0
    for setting in SETTINGS.values():
        value = setting.value()
        hidden = value and any(word in setting.name for word in ("SECRET", "URL"))
        print(f"{setting.name}={'（已设置）' if hidden else value}\n    {setting.help}")
    return 0
