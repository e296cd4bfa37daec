"""Numbers from the front of bytes that may be damaged (docs/format.md, before section 1)."""

from damage import Damage

VARINT_BYTES_MAX = 10


class ByteReader:
    """Reads data from `at` on; running out of it is Damage of the given status."""

    def __init__(self, data, at=0, end_status="TRUNCATED"):
        self.data = data
        self.at = at
        self.end_status = end_status

    def take(self, size):
        if size > len(self.data) - self.at:
            raise Damage(self.end_status, len(self.data), "the data ends here, too early")
        self.at += size
        return bytes(self.data[self.at - size : self.at])

    def number(self, size):
        return int.from_bytes(self.take(size), "little")

    def varint(self):
        start = self.at
        value = 0
        for place in range(VARINT_BYTES_MAX):
            byte = self.number(1)
            value |= (byte & 127) << 7 * place
            if byte < 128:
                if byte == 0 and place > 0:
                    raise Damage("CORRUPT", start, "a number with more bytes than it needs")
                if value >= 1 << 64:
                    raise Damage("CORRUPT", start, "a number above 64 bits")
                return value
        raise Damage("CORRUPT", start, "a number that does not end")
