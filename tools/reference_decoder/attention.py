"""Attention blocks (docs/network.md section 4)."""

import functools
import math
from operator import mul

from fixed_point import NORM_STEP, ONE, Multiplier, norm, power, rnd, sat, unit
from matrix import Matrix

_HEAD_BITS, _STREAM_BITS = 14, 12
_STREAM_MAX = 1 << 24
_ROTATED_LIMIT = 127


class AttentionState:
    """Keys and values of the tokens that are seen, the newest last, and the number of tokens."""

    def __init__(self):
        self.keys = []  # by token, by head: Q4
        self.values = []
        self.tokens = 0

    def copy(self):
        other = AttentionState()
        other.keys, other.values, other.tokens = list(self.keys), list(self.values), self.tokens
        return other


class Attention:
    """The block of a number in a Model, without its feed-forward layer."""

    def __init__(self, model, number):
        shape = model.shape
        self._heads, self._kv_heads = shape["heads"], shape["kv_heads"]
        self._width = c = shape["head_width"]
        self._window = shape["window"]
        self._step = model.steps[number][0]
        into, out = model.parameters[f"{number}.in"], model.parameters[f"{number}.out"]
        self._in = Matrix(into.data, into.columns, into.scales, NORM_STEP, _HEAD_BITS)
        self._out = Matrix(out.data, out.columns, out.scales, self._step, _STREAM_BITS)
        self._turns = [_turn(i, c // 2) for i in range(c // 2)]
        self._weight_bits = min(15, 23 - (self._window - 1).bit_length())
        self._sharpness = math.isqrt(2234852926 // c)

    def new_state(self):
        return AttentionState()

    def step(self, state, normalised):
        """What is added to the stream, Q12. normalised: Q4.  state is brought up to date."""
        c = self._width
        results = [sat(x, _STREAM_MAX) for x in self._in.times(normalised)]
        parts = [results[i : i + c] for i in range(0, len(results), c)]
        queries = [self._placed(part, state.tokens) for part in parts[: self._heads]]
        keys = parts[self._heads : self._heads + self._kv_heads]
        values = parts[self._heads + self._kv_heads :]
        state.keys.append([self._placed(part, state.tokens) for part in keys])
        state.values.append([norm(part, _HEAD_BITS, 4, 127) for part in values])
        state.tokens += 1
        del state.keys[: -self._window], state.values[: -self._window]
        group = self._heads // self._kv_heads
        read = []
        for head, query in enumerate(queries):
            seen = [token[head // group] for token in state.keys]
            spoken = [token[head // group] for token in state.values]
            read += self._attend(query, seen, spoken)
        return self._out.times(read)

    def _placed(self, part, place):
        """A query or key: normalised, and turned by its place."""
        half = self._width // 2
        x = norm(part, _HEAD_BITS, 12, _STREAM_MAX)
        result = [0] * self._width
        for i, turn in enumerate(self._turns):
            angle = (place * turn & 2**32 - 1) >> 20
            cosine, sine = _sine(angle + 1024), _sine(angle)
            first, second = x[i], x[i + half]
            result[i] = sat(rnd(first * cosine - second * sine, 22), _ROTATED_LIMIT)
            result[i + half] = sat(rnd(first * sine + second * cosine, 22), _ROTATED_LIMIT)
        return result

    def _attend(self, query, keys, values):
        scores = [sum(map(mul, query, key)) for key in keys]
        most = max(scores)
        weights = []
        for score in scores:
            t = min(rnd((most - score) * 16 * self._sharpness, 12), 20 * ONE)
            m, n = power(t)
            weights.append(unit(m, n + 15 - self._weight_bits))
        total = sum(weights)
        quotient = (1 << 62) // (self._step.mantissa * total)
        share = Multiplier(quotient, self._step.shift - 62)
        return [share.activation(sum(map(mul, weights, channel))) for channel in zip(*values)]


def _sine(angle):
    """In Q14, of an angle in 2^-12 turns."""
    return _sines()[angle & 4095]


@functools.cache
def _sines():
    # Rounded to integers, so that the last bits of a library's sine are of no account.
    return [math.floor(math.sin(2 * math.pi * i / 4096) * 16384 + 0.5) for i in range(4096)]


def _turn(i, pairs):
    """How far pair i turns from token to token, in 2^-32 turns."""
    y = i * 57070290109 // pairs
    product = 1 << 31
    root = 1 << 30
    root = math.isqrt((1 << 31) * root)  # of the highest bit of the fraction: 2^(-1/2)
    for bit in range(31, -1, -1):
        if y >> bit & 1:
            product = rnd(product * root, 31)
        root = math.isqrt(root << 31)
    return (product >> (y >> 32)) * 683565276 >> 31
