"""What can go wrong with bytes that a phone sends by itself: each has its own HTTP status."""

from chuangwen.kit.errors import ChuangwenError, Invalid


class TooLarge(ChuangwenError):
    """More bytes than one file may have."""

    status = 413


class NotAPicture(ChuangwenError):
    """The content is no picture that browsers and reviewers can open."""

    status = 415


class WrongOffset(ChuangwenError):
    """A part does not begin where the last one ended; `offset` says where it must."""

    status = 409

    def __init__(self, offset: int) -> None:
        super().__init__(f"已收到 {offset} 字节。请从这里接着传。")
        self.offset = offset


class OtherBytes(Invalid):
    """What arrived is not what its hash promised; it is thrown away."""
