"""Every setting of the product, declared once: name, default, meaning.

Configuration comes from the environment only. `docs/configuration.md` is checked against this file.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chuangwen.kit.typed import whole_number


class InvalidSetting(Exception):
    """A variable holds a value that cannot be used; the message names it and says what to write."""


@dataclass(frozen=True)
class Setting:
    """One environment variable. `help` is Chinese: the administrator reads it."""

    name: str
    default: str
    help: str
    parse: Callable[[str], Any] = str

    def value(self) -> Any:
        """Read the variable. Raises InvalidSetting with the name and the offending value."""
        raw = os.environ.get(self.name, self.default)
        try:
            return self.parse(raw)
        except ValueError as error:
            raise InvalidSetting(
                f"环境变量 {self.name} 的值“{raw}”无法使用：{error}。说明：{self.help}"
            ) from error


def as_flag(raw: str) -> bool:
    """Parse 1/true/yes/on and 0/false/no/off/empty. Raises ValueError otherwise."""
    lowered = raw.strip().lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"", "0", "false", "no", "off"}:
        return False
    raise ValueError("应为 1 或 0")


def as_names(raw: str) -> list[str]:
    """Parse a comma-separated list."""
    return [part.strip() for part in raw.split(",") if part.strip()]


def as_address(raw: str) -> str:
    """Parse the beginning of web addresses, without a slash at the end; empty stays empty."""
    address = raw.strip().rstrip("/")
    if address and not address.startswith(("http://", "https://")):
        raise ValueError("应以 http:// 或 https:// 开头")
    return address


def as_tiles(raw: str) -> str:
    """Parse an address of map tiles with its three places; empty stays empty."""
    address = raw.strip()
    if not address:
        return ""
    if not all(place in address for place in ("{z}", "{x}", "{y}")):
        raise ValueError("应含 {z}、{x}、{y}")
    if not re.fullmatch(r"https?://[\w.-]+(:\d+)?/[^\s;,'\"]*", address):
        raise ValueError("应以 http:// 或 https:// 开头，不含空格、逗号、分号")
    return address


def as_count(raw: str) -> int:
    """Parse a whole number from 1 up. Raises ValueError otherwise."""
    number = whole_number(raw.strip())
    if not number:
        raise ValueError("应为 1 或更大的整数")
    return number


def one_of(*choices: str) -> Callable[[str], str]:
    """Return a parser that accepts only `choices`."""

    def parse(raw: str) -> str:
        if raw not in choices:
            raise ValueError(f"应为 {'、'.join(choices)} 之一")
        return raw

    return parse


SETTINGS: dict[str, Setting] = {}


def declare(name: str, default: str, help: str, parse: Callable[[str], Any] = str) -> Setting:
    """Add a setting to the register; the register is what the documentation test reads."""
    setting = Setting(f"CHUANGWEN_{name}", default, help, parse)
    SETTINGS[setting.name] = setting
    return setting


DATA = declare(
    "DATA", "var", "数据目录：SQLite 数据库、文件库、密钥都在这里", lambda raw: Path(raw).resolve()
)
DATABASE_URL = declare(
    "DATABASE_URL",
    "",
    "留空用数据目录中的 SQLite；PostgreSQL 写 postgresql://用户:密码@主机:端口/库名",
)
SECRET_KEY = declare("SECRET_KEY", "", "签名密钥；留空则首次启动时生成并存入数据目录（权限 0600）")
HOSTS = declare("HOSTS", "localhost,127.0.0.1,[::1]", "允许访问的主机名，逗号分隔", as_names)
TRUSTED_ORIGINS = declare(
    "TRUSTED_ORIGINS", "", "反向代理后的外部地址，如 https://cw.example.gov.cn，逗号分隔", as_names
)
HTTPS = declare(
    "HTTPS",
    "0",
    "1 表示经反向代理用 HTTPS 访问：Cookie 只在加密连接上发送，启用 HSTS，登录失败按代理写入的 "
    "X-Forwarded-For 最后一项分来源计次；前面有代理时必须设为 1",
    as_flag,
)
DEBUG = declare("DEBUG", "0", "1 显示详细错误，仅供开发", as_flag)
DEMONSTRATION = declare(
    "DEMONSTRATION", "0", "1 为演示区：登录页显示演示账号，生成的活动标注“演示数据”", as_flag
)
TODAY = declare("TODAY", "", "把系统的“今天”固定在某日（如 2021-09-15），用于演示；留空用真实日期")
PASSWORD_PROFILE = declare(
    "PASSWORD_PROFILE",
    "asvs",
    "口令策略：asvs（12 位以上，不限种类）或 dengbao（等保：10 位以上、三类字符、90 天更换）",
    one_of("asvs", "dengbao"),
)
IDLE_MINUTES = declare("IDLE_MINUTES", "30", "多少分钟不操作后自动退出", as_count)
EMAIL_URL = declare(
    "EMAIL_URL",
    "",
    "发邮件的服务器：smtp://用户:密码@主机:25，加密用 smtp+tls://（587）或 smtps://（465）；"
    "留空则只发站内通知",
)
EMAIL_FROM = declare("EMAIL_FROM", "chuangwen@localhost", "邮件发件人地址")
ADDRESS = declare(
    "ADDRESS",
    "",
    "用户访问本系统的地址，如 https://cw.example.gov.cn，用于邮件中的链接；留空则邮件中不写链接",
    as_address,
)
OIDC_ISSUER = declare(
    "OIDC_ISSUER",
    "",
    "统一身份认证（OpenID Connect）的签发地址，与其发现文档中的 issuer 逐字相同；"
    "回调地址为 本系统地址/login/oidc/back/；留空不启用",
)
OIDC_CLIENT_ID = declare("OIDC_CLIENT_ID", "", "OIDC 客户端编号")
OIDC_CLIENT_SECRET = declare("OIDC_CLIENT_SECRET", "", "OIDC 客户端密钥")
OIDC_CLAIM = declare(
    "OIDC_CLAIM", "preferred_username", "身份令牌中哪一项与本系统的登录名逐字相同，据此找到账号"
)
CAS_URL = declare(
    "CAS_URL",
    "",
    "CAS 单点登录服务器地址（3.0 协议），如 https://sso.example.gov.cn/cas；"
    "其用户名须与本系统的登录名逐字相同；留空不启用",
    as_address,
)
UPLOAD_MEGABYTES = declare("UPLOAD_MEGABYTES", "20", "单个上传文件的上限（MB）", as_count)
READ_AT_ONCE_KILOBYTES = declare(
    "READ_AT_ONCE_KILOBYTES",
    "300",
    "导入计划时，文件和读出的文字都不超过多少 KB 就当场读完；更长的由后台任务读，页面显示进度",
    as_count,
)
REQUEST_MEGABYTES = declare(
    "REQUEST_MEGABYTES",
    "50",
    "一次提交（表单连同全部附件）的上限（MB），超过则不接收；不会小于单个文件的上限",
    as_count,
)
FONTS = declare(
    "FONTS",
    "",
    "另有字体（如仿宋_GB2312、方正小标宋简体）的文件夹，供生成 PDF 使用；单位须有这些字体的使用权",
)
PHOTO_LONG_EDGE = declare(
    "PHOTO_LONG_EDGE", "1600", "实地测评的照片在手机上压缩到长边多少像素", as_count
)
MAP_TILES = declare(
    "MAP_TILES",
    "",
    "点位地图的底图瓦片地址，含 {z}、{x}、{y}，须为 WGS-84 或 CGCS2000（如天地图）；"
    "留空则没有底图，只画点位和边界",
    as_tiles,
)
S3_BUCKET = declare("S3_BUCKET", "", "文件库改用 S3 兼容存储时的桶名；留空用本地文件")
S3_ENDPOINT = declare("S3_ENDPOINT", "", "S3 兼容存储的地址")
