"""The fonts that a PDF is set in, and which characters they have."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

OWN_FONTS = Path(__file__).resolve().parent / "fonts"
NEEDED = ("NotoSerifSC_400Regular.ttf", "NotoSansSC_500Medium.ttf")
SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
# What the standard names, in the order of preference; what is not installed is passed over.
WANTED = {
    "fang": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", SERIF, SANS),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "LXGW WenKai", SERIF, SANS),
    "hei": ("黑体", "SimHei", SANS, SERIF),
    "song": ("宋体", "SimSun", SERIF, SANS),
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", SERIF, SANS),
}


class FontsMissing(Exception):
    """The fonts that belong to the package are not where they should be."""


@dataclass(frozen=True)
class Faces:
    """Families in the order in which they are tried, by use, and the characters they have.

    `heavy`: whether the title has to be thickened, because no 小标宋 is installed.
    """

    fonts: "Fonts"
    families: dict[str, list[str]]
    characters: frozenset[int]
    heavy: bool


@lru_cache(maxsize=4)
def load_faces(further: tuple[Path, ...] = ()) -> Faces:
    """Return the faces of our own fonts and of those in the `further` folders.

    Read once in a process. Fonts of the computer are not looked for: the same document looks the
    same everywhere. Raises FontsMissing when the build has not brought our own.
    """
    from typst import Fonts  # noqa: PLC0415 - large, and only who makes a PDF should load it

    missing = [name for name in NEEDED if not (OWN_FONTS / name).is_file()]
    if missing:
        raise FontsMissing(f"缺少字体文件：{'、'.join(missing)}。请重新安装软件。")
    folders: list[Path] = [OWN_FONTS, *(one for one in further if one.is_dir())]
    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[*folders])
    listed = fonts.fonts()
    present = {one.family for one in listed}
    families = {
        use: [*(name for name in names if name in present), *sorted(present - set(names))]
        for use, names in WANTED.items()
    }
    places = {(one.path, one.index) for one in listed if one.path}
    return Faces(fonts, families, _characters(places), heavy=families["title"][0] == SERIF)


def _characters(places: Iterable[tuple[str, int]]) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - for the same reason

    found: set[int] = set()
    for path, index in places:
        with TTFont(path, lazy=True, fontNumber=index) as font:
            found |= font.getBestCmap().keys()
    return frozenset(found)
