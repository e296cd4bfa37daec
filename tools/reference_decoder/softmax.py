"""The network's last layer: counts of a choice (docs/network.md section 6)."""

from itertools import accumulate

from fixed_point import NORM_STEP, ONE, dot, power, rec, rnd, sat, unit
from matrix import Matrix

_LOGIT_BITS = 16
_LOGIT_MAX = 1 << 23


class Softmax:
    """weights: Weights of the rows.  bias: as many Q16 numbers."""

    def __init__(self, weights, bias):
        self._rows = Matrix(weights.data, weights.columns, weights.scales, NORM_STEP, _LOGIT_BITS)
        self._bias = [sat(b, _LOGIT_MAX) for b in bias]

    def sums(self, normalised):
        """Counts summed up: sums[i] is that of all rows before i; one more than there are rows."""
        results = self._rows.times(normalised)
        logits = [
            _capped(sat(result, _LOGIT_MAX) + bias) for result, bias in zip(results, self._bias)
        ]
        most = max(logits)
        return list(accumulate((_count(most - logit) for logit in logits), initial=0))


def _capped(logit):
    u = unit(*power(min(rnd(abs(logit) * 25213, 18), 30 * ONE)))
    capped = rnd(dot(ONE - u, rec(u)) * 22160, 10)
    return capped if logit >= 0 else -capped


def _count(below):
    m, n = power(min(below, 30 * ONE))
    return max(1, unit(32 * m, n))
