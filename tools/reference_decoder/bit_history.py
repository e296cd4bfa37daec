"""Bit histories: what a context saw of a decision, in one byte (docs/format.md section 6.4)."""

_MOST = [41, 40, 12, 5, 4]  # of the larger count, by the smaller
_LOWERED = [0, 1, 2, 2, 2, 3, 3, 3, 3, 4]  # the count of what did not come, by what it was


def _allowed(n0, n1):
    if n0 + n1 <= 4:
        return True
    return min(n0, n1) < len(_MOST) and max(n0, n1) <= _MOST[min(n0, n1)]


def _tails(n0, n1):
    total = n0 + n1
    if total <= 4:
        return [tail for tail in range(1 << total) if tail.bit_count() == n1]
    return [0, 1] if n0 and n1 and total < 16 else [0]


def _all_states():
    pairs = [(n0, n1) for n0 in range(42) for n1 in range(42) if _allowed(n0, n1)]
    pairs.sort(key=lambda pair: (sum(pair), pair[1]))
    return [(n0, n1, tail) for n0, n1 in pairs for tail in _tails(n0, n1)]


STATES = _all_states()  # (zeros, ones, tail) by number
_NUMBERS = {state: number for number, state in enumerate(STATES)}


def _after(state, bit):
    n0, n1, tail = state
    same, other = (n1, n0) if bit else (n0, n1)
    same += 1
    if n0 + n1 < 4:
        tail = tail << 1 | bit
    else:
        other = _LOWERED[min(other, 9)]
        while not _allowed(same, other):
            if same > other:
                same -= 1
            else:
                other -= 1
        if same + other <= 4:
            tail = (1 << same) - 1 if bit else ((1 << other) - 1) << same
        else:
            tail = bit if same and other and same + other < 16 else 0
    n0, n1 = (other, same) if bit else (same, other)
    return _NUMBERS[n0, n1, tail]


SUCCESSORS = [(_after(state, 0), _after(state, 1)) for state in STATES]  # by number, by bit
