"""Adaptive maps: probabilities refined by small contexts (docs/format.md sections 6.9, 12.4)."""

import adaptive

_MASK32 = 2**32 - 1
COLUMNS = 16


def column_of(logit):
    """(k, f): the logit lies f / 256 of the way from column k to k + 1."""
    size = abs(logit)
    if size > 768:
        size = min(768 + (size - 768 >> 1), 1792)
    y = 1792 + size if logit >= 0 else 1792 - size
    return y >> 8, y & 255


class MapRow:
    """Reading and learning in one row: a list of 16 adaptive probabilities."""

    def __init__(self, row, logit):
        self._row = row
        self._k, self._f = column_of(logit)

    def refined(self):
        """In 1/2^24."""
        k, f = self._k, self._f
        left = adaptive.p22(self._row[k]) * (256 - f)
        return left + adaptive.p22(self._row[k + 1]) * f >> 6

    def learn(self, bit):
        place = self._k + (self._f >> 7)
        self._row[place] = adaptive.learn(self._row[place], bit)


class AdaptiveMap:
    """Rows in groups of 16, made as the starting curve when first picked.

    curve: 16 rows of 16 words.
    """

    def __init__(self, raw_size, curve):
        bits = min(max((raw_size // 2 - 1).bit_length(), 9), 17)
        self._shift = 36 - bits
        self._curve = [adaptive.start(word, 6) for word in curve]
        self._groups = {}
        self._group = None

    def pick(self, context, at):
        """At the start of a group of decisions, of which the first has the node `at`."""
        h = (context * 0x9E3779B1 + (at + 1) * 0x85EBCA6B) * 0xC2B2AE35 & _MASK32
        number = h >> self._shift
        if number not in self._groups:
            self._groups[number] = [
                self._curve[i : i + COLUMNS] for i in range(0, len(self._curve), COLUMNS)
            ]
        self._group = self._groups[number]

    def row(self, node, logit):
        """node: of the decision, in its group."""
        return MapRow(self._group[node + 1], logit)
