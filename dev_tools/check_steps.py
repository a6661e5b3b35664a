"""What `./dev check` runs, in order: one entry a step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dev_tools import frontend, postgres, wheel
from dev_tools.places import ROOT, StepFailed, environment, venv_program
from dev_tools.processes import run_quietly

PROCESSES = "2"
# The tests of a file, which share something dear, stay in one process.
IN_PARALLEL = ("-n", PROCESSES, "--dist", "loadfile")
QUICK = "not browser and not office"
SOURCES = ("chuangwen", "tests", "dev_tools", "benchmarks", "dev", "manage.py", "hatch_build.py")


@dataclass(frozen=True)
class Step:
    """One line of the report. `run` returns the log whose last line is worth showing, if any."""

    name: str
    label: str
    run: Callable[[], Path | None]


def pytest(*arguments: str) -> list[str]:
    """The command line of pytest in the virtual environment."""
    return [venv_program("python"), "-m", "pytest", *arguments]


def fast_tests(*arguments: str) -> list[str]:
    """What `./dev test` runs: everything that needs neither a browser nor an office suite."""
    return pytest(*IN_PARALLEL, "-m", QUICK, *arguments)


def _tool(name: str, program: str, *arguments: str) -> Path:
    command = [venv_program(program), *arguments]
    return run_quietly(name, command, advice="请按上面的提示修改。")


def _tests(name: str, command: list[str], **extra: str) -> Path:
    env = environment(CHUANGWEN_REQUIRE_TOOLS="1", **extra)
    return run_quietly(name, command, advice="请查看失败的测试。", env=env)


def _existing(*names: str) -> list[str]:
    return [name for name in names if (ROOT / name).exists()]


def _tests_on_postgres() -> Path:
    with postgres.temporary_cluster() as url:
        command = pytest(*IN_PARALLEL, "-m", f"{QUICK} and not apart")
        return _tests("tests-postgres", command, CHUANGWEN_DATABASE_URL=url)


def _tests_in_browser() -> Path:
    """Here a missing chromium is a failure and no reason to skip."""
    command = pytest(*IN_PARALLEL, "-rfER", "-m", "browser")
    return _tests("browser", command, CHUANGWEN_REQUIRE_BROWSER="1")


def _frontend(script: str) -> Path:
    frontend.ensure_packages()
    return frontend.npm(
        f"frontend-{script}", "run", script, advice="请按上面的提示修改 frontend/。"
    )


def _build_frontend() -> None:
    frontend.ensure_packages()
    frontend.build()


def _ruff(*arguments: str) -> Path:
    return _tool(f"ruff-{arguments[0]}", "ruff", *arguments, *_existing(*SOURCES))


def steps() -> list[Step]:
    """All steps, the quick ones first."""
    manage = ("manage.py", "makemigrations", "--check", "--dry-run")
    return [
        Step("ruff", "ruff 检查", partial(_ruff, "check")),
        Step("format", "ruff 格式", partial(_ruff, "format", "--check")),
        Step("mypy", "mypy 严格类型", partial(_tool, "mypy", "mypy")),
        Step("imports", "分层依赖", partial(_tool, "imports", "lint-imports")),
        Step("migrations", "数据库迁移齐全", partial(_tool, "migrations", "python", *manage)),
        Step("templates", "页面模板", partial(_tool, "templates", "djlint", "chuangwen", "--lint")),
        Step("frontend-lint", "前端检查", partial(_frontend, "lint")),
        Step("frontend-test", "前端测试", partial(_frontend, "test")),
        Step("frontend-build", "前端构建", _build_frontend),
        Step("tests-sqlite", "全部测试（SQLite）", partial(_tests, "tests-sqlite", fast_tests())),
        Step("tests-postgres", "全部测试（PostgreSQL）", _tests_on_postgres),
        Step("browser", "浏览器测试", _tests_in_browser),
        Step("office", "公文与表格转换测试", partial(_tests, "office", pytest("-m", "office"))),
        Step("wheel", "安装包：构建、安装、启动", wheel.prove),
    ]


def chosen(names: list[str], left_out: Iterable[str] = ()) -> list[Step]:
    """The named steps, or all, without some. Raises StepFailed for a name that does not exist."""
    everything = steps()
    unknown = sorted({*names, *left_out} - {step.name for step in everything})
    if unknown:
        known = "、".join(step.name for step in everything)
        raise StepFailed(f"没有名为 {'、'.join(unknown)} 的检查。可用：{known}。")
    return [
        step
        for step in everything
        if (not names or step.name in names) and step.name not in left_out
    ]
