"""A mixer: logits weighed by sums of rows of weights (docs/format.md section 6.8)."""

from operator import add, mul

from logistic import clamp_logit, squash

GENERATORS = 16


class Mixer:
    """sets: lists of rows, each a list of signed weights with 14 fractional bits.

    extra_shift: how fast the extra rate goes (6.8: 17, 12.4: 15).
    """

    def __init__(self, sets, rate_floor, rate_extra, extra_shift):
        self._sets = sets
        self._floor = rate_floor
        self._extra = rate_extra << 16
        self._extra_shift = extra_shift
        self._dither = [(i + 1) * 0x9E37 & 0xFFFF for i in range(GENERATORS)]
        self._rows = []
        self._inputs = []
        self.logit = 0

    def mix(self, inputs, rows):
        """The final logit. inputs: in 1/1024.  rows: the number of the row of each set."""
        self._inputs = inputs
        self._rows = rows
        weights = self._sets[0][rows[0]]
        for of_set, row in zip(self._sets[1:], rows[1:]):
            weights = _saturated(list(map(add, weights, of_set[row])))
        total = sum(map(mul, inputs, weights))
        total = (total + 2**31 & 2**32 - 1) - 2**31
        self.logit = clamp_logit(total >> 16)
        return self.logit

    def learn(self, bit):
        rate = self._floor + (self._extra >> 16)
        self._extra -= self._extra >> self._extra_shift
        self._dither = [d * 25173 + 13849 & 0xFFFF for d in self._dither]
        miss = (bit << 24) - squash(self.logit)
        error = max(-32767, min(32767, (miss >> 6) * rate + 1024 >> 11))
        if error == 0:
            return  # the steps would be 0
        dither = [d >> 11 for d in self._dither] * (len(self._inputs) // GENERATORS)
        steps = [
            (x * error + 16384 >> 15) + d >> 5 for x, d in zip(self._inputs, dither)
        ]
        for of_set, row in zip(self._sets, self._rows):
            of_set[row] = _saturated(list(map(add, of_set[row], steps)))


def _saturated(weights):
    if max(weights) > 32767 or min(weights) < -32768:
        return [max(-32768, min(32767, w)) for w in weights]
    return weights
