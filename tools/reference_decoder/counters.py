"""Counters: adaptive probabilities of contexts' own decisions (docs/format.md section 12.5)."""

import adaptive
from natural_log import ln

_MASK32 = 2**32 - 1
_HALF = 1 << 31  # a probability of 1/2, nothing seen
_LOGIT_LIMIT = 14336
_TRUST = ((1, 0), (3, 1), (8, 2), (30, 3))  # for n below ...
_NODES = 15


class _Table:
    """The lines of one context."""

    def __init__(self, bits):
        self._shift = 32 - bits
        self._lines = {}  # number: [check, probabilities]

    def line(self, hash_value):
        place = (hash_value * 0x9E3779B1 & _MASK32) >> self._shift
        check = ((hash_value ^ hash_value >> 16) * 0x85EBCA6B & _MASK32) | 1
        either = [self._lines.get(n, [0, [0] * _NODES]) for n in (place, place ^ 1)]
        for checked, probabilities in either:
            if checked == check:
                return probabilities
        seen = [probabilities[0] & 1023 for _, probabilities in either]
        chosen = place if seen[0] <= seen[1] else place ^ 1
        self._lines[chosen] = [check, [_HALF] * _NODES]
        return self._lines[chosen][1]


class Counters:
    """For the first `contexts` contexts of a text of text_size bytes."""

    def __init__(self, contexts, text_size):
        bits = 8
        while bits < 18 and 2 << bits < text_size:
            bits += 1
        self._tables = [_Table(bits) for _ in range(contexts)]
        self._lines = []
        self._node = 0

    def enter(self, hashes):
        """At the start of a group. hashes: of the contexts for the group."""
        self._node = 0
        self._lines = [table.line(h) for table, h in zip(self._tables, hashes)]

    def inputs(self):
        """Two of each context."""
        found = []
        for line in self._lines:
            p, n = adaptive.p22(line[self._node]), line[self._node] & 1023
            logit = ln(p + 1) - ln((1 << 22) - p) if n else 0
            trust = next((t for below, t in _TRUST if n < below), 4)
            found.append(max(-_LOGIT_LIMIT, min(_LOGIT_LIMIT, logit)))
            found.append(int((p - (1 << 21) >> 10) * trust / 2))
        return found

    def learn(self, bit):
        for line in self._lines:
            line[self._node] = adaptive.learn(line[self._node], bit)
        self._node = 2 * self._node + 1 + bit
