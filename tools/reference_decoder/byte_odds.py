"""What a network of tokens says of the decisions of bytes (docs/format.md section 12.3)."""

import bisect
import dataclasses

from byte_code import TEXT_CODE
from network import NetworkRun

_HALF = 1 << 23  # of 2^24


@dataclasses.dataclass(frozen=True)
class Odds:
    """Masses, in 1/2^40 of all tokens: zero and one of those that go on inside of the token in
    work, other of the token that may have ended before this byte."""

    zero: int
    one: int
    other: int


class ByteOdds:
    """For every decision: odds(), then learn(); after every byte, append()."""

    def __init__(self, network, looks_ahead_from):
        self._run = NetworkRun(network)
        self._looks_ahead_from = looks_ahead_from
        self._vocabulary = network.model.vocabulary
        self._class_begin = network.model.class_begin
        self._pending = b""
        self._start_byte()

    # -- masses

    def _mass(self, run, path):
        """Of the tokens whose decisions begin with path; 0 if there are none."""
        begin, end = self._vocabulary.range_of(path)
        return self._mass_of_tokens(run, begin, end) if begin < end else 0

    def _mass_of_tokens(self, run, begin, end):
        """Of the tokens begin .. end - 1: whole classes, or tokens of one class."""
        first = bisect.bisect_right(self._class_begin, begin) - 1
        last = bisect.bisect_left(self._class_begin, end)
        if self._class_begin[first] == begin and self._class_begin[last] == end:
            return self._mass_of_classes(run, first, last)
        sums = run.token_sums(first)
        low, high = begin - self._class_begin[first], end - self._class_begin[first]
        share = (sums[high] - sums[low]) * ((1 << 63) // sums[-1]) >> 40
        return max(1, self._mass_of_classes(run, first, first + 1) * share >> 23)

    def _mass_of_classes(self, run, first, end):
        sums = run.class_sums()
        return max(1, (sums[end] - sums[first]) * ((1 << 63) // sums[-1]) >> 23)

    # -- a byte

    def _start_byte(self):
        self._made = ""
        self._path = "".join(TEXT_CODE.paths[byte] for byte in self._pending)
        self._ahead = None  # a copy of the network that was given the pending token
        self._may_have_ended = False
        if not self._pending:
            self._other = 0
        elif self._pending in self._vocabulary.id_of:
            # What nothing longer begins with is not pending: it was given to the network.
            token = self._vocabulary.id_of[self._pending]
            self._other = self._mass_of_tokens(self._run, token, token + 1)
            self._may_have_ended = True

    def odds(self):
        zero = self._mass(self._run, self._path + self._made + "0")
        one = self._mass(self._run, self._path + self._made + "1")
        other = self._other
        likely = self._looks_ahead_from * other >= zero + one + other
        if self._made == "" and self._may_have_ended and likely:
            self._ahead = self._run.copy()
            self._ahead.give(self._vocabulary.id_of[self._pending])
        if self._ahead is None:
            return Odds(zero, one, other)
        h = self._ahead_share()
        share = other * h >> 20
        return Odds(max(1, zero + other - share), max(1, one + share), 0)

    def _ahead_share(self):
        """The share of a 1 in the decision, by the network one token ahead, in 1/2^20."""
        zero = self._mass(self._ahead, self._made + "0")
        one = self._mass(self._ahead, self._made + "1")
        return (one << 20) // (zero + one)

    def learn(self, bit, probability):
        """probability: of a 1 by the n-grams, in 1/2^24."""
        if self._ahead is not None:
            h = self._ahead_share()
            share = (h if bit else (1 << 20) - h) << 4
        else:
            share = probability if bit else (1 << 24) - probability
        self._decide(bit, share)

    def _decide(self, bit, share):
        self._other = self._other * share >> 24
        self._made += "01"[bit]

    def append(self, byte):
        """Takes in the byte whose last decision was learned."""
        behind = self._go_on(byte)
        while behind:
            byte, behind = behind[0], behind[1:]
            self._start_byte()
            for bit in TEXT_CODE.paths[byte]:
                self._decide(int(bit), _HALF)
            behind = self._go_on(byte) + behind
        self._start_byte()

    def _go_on(self, byte):
        """Ends a byte. Returns the bytes that are to be gone through now."""
        whole = self._pending + bytes([byte])
        begin, end = self._vocabulary.range_of(self._path + self._made)
        if begin < end:
            self._pending = whole
            if end - begin == 1 and whole in self._vocabulary.id_of:
                self._give(whole)
            return b""
        size = len(self._pending)
        while whole[:size] not in self._vocabulary.id_of:
            size -= 1
        if self._ahead is not None:
            self._run, self._pending = self._ahead, b""
        else:
            self._give(whole[:size])
        return whole[size:]

    def _give(self, token):
        self._run.give(self._vocabulary.id_of[token])
        self._pending = b""
