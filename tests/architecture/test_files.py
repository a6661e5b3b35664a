"""House rules about files: short, portable, and every dependency with its reason."""

import re
import statistics
import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COUNTED = (
    *("chuangwen/", "tests/", "dev_tools/"),
    *("frontend/islands/", "frontend/field-engine/", "frontend/field-app/"),
)
CODE = (".py", ".ts", ".vue", ".html", ".scss", ".css")
LONGEST, MEDIAN = 500, 80
# In pieces, so that this file does not find itself.
FOREIGN = re.compile(
    "|".join(
        [
            r"pypi\.(org|python|tuna)",
            r"files\.python" + "hosted",
            r"registry\.npm" + r"(js|mirror)",
            r"deb\.debian" + r"\.org",
            r"(?<![\w.])/(work|root|opt)/" + r"[a-z]",
            r"(?<![\w.~])/home/" + r"[a-z]",
        ]
    )
)


@cache
def tracked() -> list[Path]:
    """Files that git knows."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - the git of whoever runs this
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def lengths() -> dict[str, int]:
    return {
        path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines())
        for path in tracked()
        if path.relative_to(ROOT).as_posix().startswith(COUNTED)
        and path.suffix in CODE
        and "migrations" not in path.parts
    }


def test_no_file_is_long():
    assert {name: size for name, size in lengths().items() if size > LONGEST} == {}


def test_most_files_are_short():
    """Empty __init__ files would flatter the median and do not count."""
    assert statistics.median(size for size in lengths().values() if size > 1) <= MEDIAN


def test_no_registry_and_no_machine_is_named():
    found = {
        path.relative_to(ROOT).as_posix(): match[0]
        for path in tracked()
        if path.suffix not in {".png", ".docx", ".xlsx", ".pdf", ".woff2"}
        and (match := FOREIGN.search(path.read_text(errors="ignore")))
    }
    assert found == {}


def requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [
        project["build-system"]["requires"],
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    return [requirement for group in groups for requirement in group]


def test_every_dependency_carries_its_reason():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    for requirement in requirements():
        (line, *_) = [line for line in lines if f'"{requirement}",' in line]
        assert re.search(r"# *\S.{9}", line), f"{requirement}: say why, on the same line"
