"""Fonts of an official document: named, never embedded, each with free stand-ins."""

from dataclasses import dataclass

FANGSONG = "仿宋_GB2312"
KAITI = "楷体_GB2312"
HEITI = "黑体"
SONGTI = "宋体"
TITLE_SONG = "方正小标宋简体"
LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Font:
    """An entry of the font table; `alternatives` are tried in their order.

    `family` is what a program falls back on that knows none of the names: roman has serifs.
    """

    name: str
    alternatives: tuple[str, ...]
    family: str
    charset: str = "86"  # GB2312


FONT_TABLE = (
    Font(FANGSONG, ("仿宋", "FangSong", "FZFangSong-Z02", "Noto Serif CJK SC"), "roman"),
    Font(KAITI, ("楷体", "KaiTi", "FZKai-Z03", "AR PL UKai CN", "Noto Serif CJK SC"), "roman"),
    Font(HEITI, ("SimHei", "FZHei-B01", "Noto Sans CJK SC"), "swiss"),
    Font(SONGTI, ("SimSun", "FZShuSong-Z01", "Noto Serif CJK SC"), "roman"),
    Font(TITLE_SONG, ("FZXiaoBiaoSong-B05S", "小标宋体", "华文中宋", "Noto Serif CJK SC"), "roman"),
    Font(LATIN, ("Liberation Serif", "Tinos", "TeX Gyre Termes"), "roman", charset="00"),
)
