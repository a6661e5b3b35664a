"""Write requirements/*.lock anew from pyproject.toml."""

from dev_tools.places import ROOT, venv_program
from dev_tools.processes import run_openly

LOCKS = {"run": [], "dev": ["--group", "dev"]}


def rewrite() -> int:
    """Resolve both locks for every platform, with hashes; keeps what still fits."""
    for name, groups in LOCKS.items():
        target = ROOT / "requirements" / f"{name}.lock"
        command = [venv_program("uv"), "pip", "compile", "--quiet", "--universal"]
        command += ["--generate-hashes", "--no-emit-index-url", *groups]
        command += ["pyproject.toml", "-o", str(target.relative_to(ROOT))]
        code = run_openly(command)
        if code != 0:
            return code
    return 0
