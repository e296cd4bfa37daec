"""Logits in 1/256 and probabilities in 1/2^24 (docs/format.md section 6.3)."""

LOGIT_MAX = 3583


def _knots():
    """The probability at every eighth logit, from -3584 to 3584: t of the document."""
    knots = [0] * 897
    e = 1 << 32
    for i in range(449):
        knots[448 - i] = ((e << 24) + ((1 << 32) + e) // 2) // ((1 << 32) + e)
        knots[448 + i] = (1 << 24) - knots[448 - i]
        e = (e * 4162825044 + (1 << 31)) >> 32
    return knots


def _all_squashed():
    t = _knots()
    result = []
    for x in range(-LOGIT_MAX, LOGIT_MAX + 1):
        k = x + LOGIT_MAX + 1
        a, b = t[k >> 3], t[(k >> 3) + 1]
        result.append(a + (((b - a) * (k & 7)) >> 3))
    return result


_SQUASHED = _all_squashed()


def clamp_logit(x):
    return max(-LOGIT_MAX, min(LOGIT_MAX, x))


def squash(x):
    """The probability, in 1/2^24, of a logit within -3583 .. 3583."""
    return _SQUASHED[x + LOGIT_MAX]


def _all_stretched():
    stretched = [0] * 4096
    x = -LOGIT_MAX
    for q in range(2048):
        while squash(x) < (2 * q + 1) << 11:
            x += 1
        stretched[q] = x
        stretched[4095 - q] = -x
    return stretched


STRETCHED = _all_stretched()  # the logit of a probability in 1/4096
