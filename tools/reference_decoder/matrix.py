"""Products of 8-bit matrices and activations (docs/network.md section 1, "Result of a row")."""

import array
import sys

from fixed_point import rnd

_LANE_BITS = 32
_LANE_HALF = 1 << _LANE_BITS - 1


class Matrix:
    """weights: int8, row by row.  scales: a Scale a row.  step: Scale of the activations.
    bits: fractional bits of the results.

    A column is kept as one big integer with 32 bits for each row, so that one multiplication of
    Python's does a whole column. The sums are below 2^26: they never leave their 32 bits.
    """

    def __init__(self, weights, columns, scales, step, bits):
        rows = len(scales)
        signed = array.array("b", weights)
        largest = max(
            sum(map(abs, signed[i * columns : (i + 1) * columns])) for i in range(rows)
        )
        headroom = 0
        while headroom < 16 and 127 * largest << headroom + 1 < 1 << 31:
            headroom += 1
        self._shift = 32 - headroom
        self._factors = [_factor(scale, step, bits + self._shift) for scale in scales]
        # What is above a lane's half is the sum; rounding is to nearest.
        half = 1 << self._shift - 1
        self._offsets = [half - _LANE_HALF * factor for factor in self._factors]
        self._bias = sum(_LANE_HALF << _LANE_BITS * r for r in range(rows))
        self._columns = [self._pack(signed[i::columns]) for i in range(columns)]

    def _pack(self, column):
        lanes = array.array("I", [w + _LANE_HALF for w in column])
        return int.from_bytes(_little_endian(lanes).tobytes(), "little") - self._bias

    def times(self, activations):
        """The results of all rows."""
        total = self._bias
        for activation, column in zip(activations, self._columns):
            if activation:
                total += activation * column
        lanes = array.array("I", total.to_bytes(4 * len(self._factors), "little"))
        shift = self._shift
        return [
            lane * factor + offset >> shift
            for lane, factor, offset in zip(_little_endian(lanes), self._factors, self._offsets)
        ]


def _factor(scale, step, exponent):
    """scale * step * 2^exponent, to nearest."""
    product = scale.mantissa * step.mantissa
    shift = scale.shift + step.shift - exponent
    factor = rnd(product, shift) if shift > 0 else product << -shift
    if factor >= 1 << 31:
        raise ValueError("a model with weights that are too large")
    return factor


def _little_endian(lanes):
    """To and from the order of bytes that big integers are packed in."""
    if sys.byteorder == "big":
        lanes.byteswap()
    return lanes
