"""The columns of the register, under the names that cities give them."""

import re
import unicodedata
from enum import Enum

from chuangwen.sites.enums import Datum

_FOLDED = re.compile(r"[\s*＊]+")


class Column(Enum):
    """A column: its own title first, then what else it is called."""

    CODE = ("点位编号", "编号", "点位编码", "编码", "点位代码")
    NAME = ("名称", "点位名称", "点位", "测评点位", "测评点位名称")
    TYPE = ("点位类型", "类型", "点位类别", "类别", "测评类型")
    AREA = ("所属街道或社区", "所属街道", "所属社区", "所属区域", "街道", "社区", "街道(社区)",
            "所在街道", "所在社区", "属地", "属地街道")  # fmt: skip
    OWNER = ("主管单位", "责任单位", "主管部门", "责任部门", "管理单位", "牵头单位")
    HEAD_UNIT = ("点位长单位", "点位长所在单位")
    HEAD = ("点位长", "点位长姓名", "点位长(姓名和职务)")
    ADDRESS = ("地址", "详细地址", "点位地址", "位置", "点位位置")
    LONGITUDE = ("经度", "LONGITUDE", "LNG", "LON", "X")
    LATITUDE = ("纬度", "LATITUDE", "LAT", "Y")
    GEOMETRY = ("线或面", "线路坐标", "范围坐标", "坐标串", "GEOMETRY")
    LENGTH = ("长度(米)", "长度", "长度(M)", "路长(米)")
    GROUND = ("面积(平方米)", "面积", "面积(M2)", "占地面积(平方米)")
    TELEPHONE = ("电话", "联系电话", "测评电话", "电话号码")
    IMPORTANCE = ("重要程度", "重要性", "重点程度")
    DEMONSTRATION = ("示范点位", "是否示范", "示范", "是否示范点位")
    NOTE = ("备注", "说明")

    # By identity: rows are dictionaries of columns, and an import asks them a million times.
    __hash__ = object.__hash__

    @property
    def title(self) -> str:
        """The title that exports write."""
        return str(self.value[0])


_BY_TITLE = {title: column for column in Column for title in column.value}
_DATUMS = {
    "WGS-84": Datum.WGS84, "WGS84": Datum.WGS84, "CGCS2000": Datum.CGCS2000,
    "GCJ-02": Datum.GCJ02, "GCJ02": Datum.GCJ02,
}  # fmt: skip
_WITH_DATUM = re.compile(rf"(.+?)\(({'|'.join(_DATUMS)})\)")


def column_of(title: str) -> tuple[Column | None, Datum | None]:
    """Return what a title in a header means, and the datum that it names: 经度（GCJ-02）."""
    plain = _FOLDED.sub("", unicodedata.normalize("NFKC", title)).upper()
    datum = None
    if named := _WITH_DATUM.fullmatch(plain):
        plain, datum = named[1], _DATUMS[named[2]]
    return _BY_TITLE.get(plain), datum


def datum_name(datum: Datum) -> str:
    """Return the name that a header gives to a datum: GCJ-02."""
    return next(name for name, one in _DATUMS.items() if one == datum)
