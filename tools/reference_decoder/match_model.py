"""The match model: what followed the longest equal past (docs/format.md section 6.7)."""

import adaptive
from logistic import STRETCHED

LENGTH_MAX = 400
_MASK32, _MASK64 = 2**32 - 1, 2**64 - 1
_PLACE_MASK = 2**28 - 1
_NO_ROW = -1


class MatchModel:
    """history: the bytes so far, which the caller keeps.  words: starting values, 128.

    match_class and logit are what it says of the decision that predict() was called for.
    """

    def __init__(self, history, raw_size, long_matches, words):
        self._history = history
        self._bits = min(max((raw_size - 1).bit_length(), 8), 20)
        self._long_matches = long_matches
        self._entries = [adaptive.start(word, 30) for word in words]
        self._table = [0] * (1 << self._bits)
        self._long_table = [0] * (1 << self._bits)
        self._rolling = 0
        self._place = 0
        self._length = 0
        self._misses = 0
        self._expected = None
        self._row = _NO_ROW
        self.match_class = 0
        self.logit = 0

    def predict(self, path, made):
        """path: of the bytes in the byte code.  made: the decisions of this byte so far."""
        self._row, self.match_class, self.logit = _NO_ROW, 0, 0
        if self._expected is None or not path[self._expected].startswith(made):
            return
        bit = int(path[self._expected][len(made)])
        ones = min(self._misses.bit_count(), 3)
        self._row = 8 * _length_class(self._length) + 2 * ones + bit
        self.match_class = 1 + 2 * (self._row >> 4) + bit
        self.logit = STRETCHED[adaptive.p12(self._entries[self._row])]

    def learn(self, bit):
        if self._row != _NO_ROW:
            self._entries[self._row] = adaptive.learn(self._entries[self._row], bit)

    def append(self, byte):
        """After the history took in the byte."""
        self._rolling = (self._rolling + byte + 1) * 0xBC2D311C & _MASK32
        if self._expected is not None:
            self._compare(byte)
        data = self._history.data
        if len(data) <= 7:
            return
        recent = ((self._history.last8 << 16 & _MASK64) * 0x9E3779B97F4A7C15 & _MASK64) >> 32
        if self._long_matches:
            self._look_up(self._long_table, self._rolling * 0x9E3779B1 & _MASK32, 16)
        self._look_up(self._table, recent, 6)
        if self._expected is not None:
            self._expected = data[self._place]

    def _compare(self, byte):
        miss = byte != self._expected
        self._length = 0 if miss else min(self._length + 1, LENGTH_MAX)
        self._misses = (self._misses << 1 | miss) & 255
        self._place += 1
        if self._misses == 255:
            self._expected = None
            self._place = 0

    def _look_up(self, table, hashed, least):
        slot = hashed >> (32 - self._bits)
        position = len(self._history.data)
        if self._length < least:
            self._try(table[slot], hashed, least, position)
        table[slot] = _entry(hashed, position)

    def _try(self, entry, hashed, least, position):
        q = entry & _PLACE_MASK
        if q == 0 or q == self._place or entry != _entry(hashed, q):
            return
        data = self._history.data
        n = 0
        while n < min(LENGTH_MAX, q) and data[q - 1 - n] == data[position - 1 - n]:
            n += 1
        if n >= least and n > self._length:
            self._place = q
            self._length = n
            self._misses = 0
            self._expected = data[q]


def _entry(hashed, position):
    return ((hashed >> 8) << 28 | position) & _MASK32


def _length_class(length):
    if length < 16:
        return length // 2
    if length < 32:
        return 8 + (length - 16) // 8
    if length < 64:
        return 10 + (length - 32) // 16
    for number, end in ((12, 128), (13, 256), (14, 400)):
        if length < end:
            return number
    return 15
