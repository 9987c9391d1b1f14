"""The one family of errors that is meant for people: a rule said no, and says why."""


class Impossible(Exception):
    """A step that cannot be taken now. The message is fit to be shown to the person."""

    code = "impossible"

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        if code:
            self.code = code
