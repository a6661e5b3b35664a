"""Hatchling hook: put the built front end and the fonts into the wheel and the source archive."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontendBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds chuangwen/static/build when it is absent or older than frontend/."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files."""
        if version == "editable":  # ./dev builds the front end itself
            return
        sys.path.insert(0, str(Path(self.root)))
        try:
            from dev_tools import frontend  # noqa: PLC0415 - only importable from the source tree

            frontend.ensure_built()
        finally:
            sys.path.pop(0)
        build_data["artifacts"] += ["chuangwen/static/build/**", "chuangwen/reports/pdf/fonts/**"]
