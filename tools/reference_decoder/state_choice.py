"""The bit history that stands for weights of a prior (docs/format.md section 11.3, Filling)."""

import functools

from bit_history import STATES
from logistic import STRETCHED


@functools.cache
def state_for(zeros, ones):
    """The number of the state. zeros, ones: sums of weights."""
    total = zeros + ones
    if total == 0:
        return 0
    limited = min(total, 1536)
    if zeros == 0 or ones == 0:
        n = max(1, (limited + 32) // 64)
        return _nearest(n, 0) if zeros else _nearest(0, n)
    n0, n1 = (_count(x, total, limited) for x in (zeros, ones))
    if n0 == n1 == 0:
        n0, n1 = (1, 0) if zeros > ones else (0, 1)
    return _nearest(n0, n1)


def _count(x, total, limited):
    n = (x * limited // total + 32) // 64
    return 1 if n == 0 and 80 * x > total else n


@functools.cache
def _nearest(n0, n1):
    """The state with the smallest score, the first of equals."""
    allowed = [i for i in range(1, len(STATES)) if _stands_for(STATES[i], n0, n1)]
    return min(allowed, key=lambda i: _score(STATES[i], n0, n1))


def _stands_for(state, n0, n1):
    a, b, _ = state
    if a + b > n0 + n1 or (n0 == 0 and a > 0) or (n1 == 0 and b > 0):
        return False
    return a + b <= 2 or ((a > 0 or n0 == 0) and (b > 0 or n1 == 0))


def _score(state, n0, n1):
    a, b, tail = state
    far = abs(_logit(a, b) - _logit(n0, n1))
    return 32 * (far + n0 + n1 - a - b) + 10 - _newest_frequent(a, b, tail)


def _logit(x, y):
    return STRETCHED[4096 * (5 * y + 2) // (5 * (x + y) + 4)]


def _newest_frequent(a, b, tail):
    """g: new bits that are the frequent ones."""
    frequent = 1 if b > a else 0
    if a + b <= 4:
        return sum(a + b - i for i in range(a + b) if tail >> i & 1 == frequent)
    return 1 if a > 0 and b > 0 and a + b < 16 and tail == frequent else 0
