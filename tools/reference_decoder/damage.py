"""What is wrong with a file, and where."""


class Damage(Exception):
    """A file that must be refused: a status of docs/format.md section 5, a place, and a reason.

    offset is in bytes from the start of the file; None where the place is no byte of it (a prior
    that is not there, say).
    """

    def __init__(self, status, offset, reason):
        super().__init__(reason)
        self.status = status
        self.offset = offset
        self.reason = reason

    def __str__(self):
        where = "" if self.offset is None else f"byte {self.offset}: "
        return f"{where}{self.reason} ({self.status})"


class BadPayload(Exception):
    """A payload that its method cannot decode. The block it is of turns it into Damage."""
