"""The natural logarithm in 1/1024 (docs/format.md section 12.4)."""

_LN2 = 45426  # in 1/2^16


def _knot(i):
    """ln(1 + i / 256) in 1/2^16, by squaring: each gives a bit of the binary logarithm."""
    x = (256 + i) << 23
    b = 0
    for _ in range(20):
        x = x * x >> 31
        bit = x >> 32
        b = b << 1 | bit
        x >>= bit
    return b * _LN2 + (1 << 19) >> 20


_KNOTS = [_knot(i) for i in range(256)] + [_LN2]


def ln(x):
    """Of x >= 1."""
    e = x.bit_length() - 1
    f = (x << 16 >> e) & 0xFFFF
    i = f >> 8
    between = _KNOTS[i] + ((_KNOTS[i + 1] - _KNOTS[i]) * (f & 255) >> 8)
    return _LN2 * e + between + 32 >> 6
