"""The range coder, read (docs/format.md section 6.1)."""

from damage import BadPayload

ZEROS_MAX = 8  # bytes that may be missing at the end
MASK64 = 2**64 - 1


class RangeDecoder:
    """Decisions out of a payload, each with the probability it was coded with.

    `value` is what the code's next 64 bits say above the encoder's `low`.
    """

    def __init__(self, payload):
        self.payload = payload
        self.at = 0
        self.range = MASK64
        self.value = 0
        for _ in range(4):
            self._shift()

    def bit(self, probability):
        """The next decision. probability: of a 1, above 0 and below 2^24."""
        bound = (self.range >> 24) * probability
        if self.value < bound:
            self.range = bound
            outcome = 1
        else:
            self.value -= bound
            self.range -= bound
            outcome = 0
        while self.range < 1 << 48:
            self.range <<= 16
            self._shift()
        return outcome

    def _shift(self):
        two = self.payload[self.at : self.at + 2]
        self.at += 2
        if self.at - len(self.payload) > ZEROS_MAX:
            raise BadPayload("the code ends before the text does")
        self.value = (self.value << 16 | int.from_bytes(two.ljust(2, b"\0"), "big")) & MASK64
