"""Why a file could not be read, in words a clerk can act on."""


class UnreadableDocument(Exception):
    """`code` is stable for programs; the message says what happened, which value, what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
