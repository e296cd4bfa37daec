"""Adaptive probabilities: 22 bits of probability and a count, in one number (section 6.3)."""

COUNT_MAX = 255
_RATES = [163840 // (10 * n + 16) for n in range(COUNT_MAX + 1)]


def start(word, count):
    """One that begins with a probability of word / 2^16 and a count."""
    return word << 16 | count


def p12(entry):
    return entry >> 20


def p22(entry):
    return entry >> 10


def learn(entry, bit):
    """The entry after it saw a bit."""
    n = entry & 1023
    p = entry >> 10
    miss = 4194303 - p if bit else p
    step = (((miss >> 6) * _RATES[n]) >> 8) << 10
    return (entry + step if bit else entry - step) + (1 if n < COUNT_MAX else 0)
