"""Swap two directories in one step of the file system."""

import ctypes
import errno
import os
import sys
from pathlib import Path

from chuangwen.kit.errors import ChuangwenError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def exchange(first: Path, second: Path) -> None:
    """Let two paths change places atomically (renameat2(2), Linux ≥ 3.15).

    Raises ChuangwenError when the file system cannot, or one of them is a mount point.
    """
    if sys.platform != "linux":
        raise ChuangwenError("原子替换目录只支持 Linux。请把备份恢复到一个空的数据目录。")
    library = ctypes.CDLL(None, use_errno=True)
    arguments = (_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
    if library.renameat2(*arguments) == 0:
        return
    number = ctypes.get_errno()
    reason = os.strerror(number)
    if number in {errno.EBUSY, errno.EXDEV}:
        reason = "它是挂载点。请让 CHUANGWEN_DATA 指向挂载点下的子目录"
    raise ChuangwenError(f"无法替换数据目录“{second}”：{reason}。原有数据没有改动。")
