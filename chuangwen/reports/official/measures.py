"""Measures of GB/T 9704-2012 《党政机关公文格式》, with the clause that orders each.

Lengths are in twips (1/20 pt), the unit of WordprocessingML, unless the name says otherwise.
"""


def from_mm(millimetres: float) -> int:
    """Return `millimetres` in whole twips."""
    return round(millimetres * 1440 / 25.4)


def to_emu(millimetres: float) -> int:
    """Return `millimetres` in English Metric Units, the unit of DrawingML."""
    return round(millimetres * 36000)


PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0  # 5.1: A4
TEXT_WIDTH_MM, TEXT_HEIGHT_MM = 156.0, 225.0  # 5.2.1: 版心
HEAD_MARGIN_MM = 37.0  # 5.2.1: 天头
BINDING_MARGIN_MM = 28.0  # 5.2.1: 订口
FORE_MARGIN_MM = PAGE_WIDTH_MM - BINDING_MARGIN_MM - TEXT_WIDTH_MM  # 切口, 26 mm
FOOT_MARGIN_MM = PAGE_HEIGHT_MM - HEAD_MARGIN_MM - TEXT_HEIGHT_MM  # 地脚, 35 mm

LINES_PER_PAGE, CHARACTERS_PER_LINE = 22, 28  # 5.2.3
LINE = 579  # 28.95 pt: 22 lines fill 225 mm
# 28 characters of 16 pt are 448 pt, but 版心 is 442.2 pt wide: each gives way by a quarter point.
CHARACTER_SPACING = -5

TITLE_POINTS = 22.0  # 7.3.1: 2号
BODY_POINTS = 16.0  # 5.2.2: 3号
SMALL_POINTS = 14.0  # 7.4.2, 7.5: 4号
TABLE_POINTS = 12.0  # 小四
DENSE_TABLE_POINTS = 10.5  # 五号
TITLE_LINE = 720  # 36 pt, so that a title of several lines reads as one block

BODY_CHARACTER = round(BODY_POINTS * 20) + CHARACTER_SPACING
SMALL_CHARACTER = round(SMALL_POINTS * 20)

RED = "FF0000"  # 7.2.4, 7.2.7
RED_HEAD_FROM_TOP_MM = 35.0  # 7.2.4: 版心 top to the top of 发文机关标志
RED_LINE_GAP_POINTS = 11  # 7.2.7: 4 mm below 发文字号
IMPRINT_THICK_EIGHTHS, IMPRINT_THIN_EIGHTHS = 8, 6  # 7.4.1: 0.35 mm and 0.25 mm

PAGE_NUMBER_GAP_MM = 7.0  # 7.5: the dashes stand 7 mm below 版心
PAGE_NUMBER_LINE = 400  # 20 pt
PAGE_NUMBER_LINE_MM = PAGE_NUMBER_LINE * 25.4 / 1440
