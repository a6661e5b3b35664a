"""What can go wrong with what a phone sends, beyond the errors of the kit."""

from chuangwen.kit.errors import ChuangwenError


class OtherRecord(ChuangwenError):
    """Another record has this number already; that one stays."""

    status = 409


class RecordTooLarge(ChuangwenError):
    """No sealed visit is as long as this."""

    status = 413
