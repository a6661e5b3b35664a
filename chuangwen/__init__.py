"""创文: the open platform for a 全国文明城市 campaign."""

__version__ = "0.1.0"
