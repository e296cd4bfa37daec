"""Fixed-point arithmetic of the network (docs/network.md section 1)."""

import dataclasses
import math

ONE = 1 << 15
ACTIVATION_MAX = 127


@dataclasses.dataclass(frozen=True)
class Scale:
    """mantissa * 2^-shift, mantissa in [2^14, 2^15)."""

    mantissa: int
    shift: int


NORM_STEP = Scale(1 << 14, 18)  # 1/16, of a normalised activation


def rnd(x, n):
    """x / 2^n to nearest, halves up."""
    return x + (1 << n - 1) >> n


def sat(x, m):
    return m if x > m else -m if x < -m else x


def dot(x, y):
    """The product of two numbers in units of 2^-15."""
    return x * y + 16384 >> 15


def power(t):
    """2^-(t / ONE) for t >= 0, as (mantissa, n): mantissa * 2^-n."""
    g = t & ONE - 1
    mantissa = dot(dot(dot(dot(224, g) - 1741, g) + 7843, g) - 22710, g) + ONE
    return mantissa, t >> 15


def unit(m, n):
    return (2 * m >> n) + 1 >> 1


def rec(u):
    """1 / (1 + u) for u within 0 .. ONE."""
    r = dot(dot(dot(-7269, u) + 21807, u) - 30894, u) + 32711
    return r + dot(r, ONE - r - dot(u, r))


class Multiplier:
    """The nearest m * 2^-k to number * 2^exponent, |m| <= 2^15, k within 12 .. 41."""

    def __init__(self, number, exponent):
        m, k = abs(number), -exponent
        if m:
            extra = m.bit_length() - 15
            m = rnd(m, extra) if extra > 0 else m << -extra
            k -= extra
            if m == ONE:
                m, k = ONE >> 1, k - 1
        else:
            k = 12
        if k < 12:
            m, k = 32767, 12
        elif k > 41:
            m, k = m >> k - 41, 41
        self.m = m if number >= 0 else -m
        self.k = k

    @classmethod
    def by_step(cls, number, exponent, step):
        """Of number * 2^exponent / step, a Scale."""
        quotient = (abs(number) << 31) // step.mantissa
        return cls(quotient if number >= 0 else -quotient, exponent + step.shift - 31)

    def of(self, x):
        return rnd(x * self.m, self.k)

    def activation(self, x):
        """act() of the document: x, a product, as an activation."""
        return sat(rnd((x >> 4) * self.m, self.k), ACTIVATION_MAX)


def norm(values, from_bits, to_bits, limit):
    """values / root mean square: from numbers with from_bits fractional bits to such with to_bits,
    within +-limit."""
    mean = sum(x * x for x in values) // len(values)
    s = mean + (1 << 2 * from_bits - 10)
    z = (64 - s.bit_length()) // 2 * 2
    u = (s << z) >> 32
    y = math.isqrt((1 << 36) // (2 * (u >> 25) + 1))
    for _ in range(2):
        y = y * (3 * 2**30 - (u * y * y >> 30)) >> 31
    shift = 46 - z // 2 - to_bits
    return [sat(rnd(x * y, shift), limit) for x in values]
