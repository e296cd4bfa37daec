"""Recurrence blocks (docs/network.md section 3)."""

import functools

from fixed_point import NORM_STEP, Multiplier, dot, power, rec, rnd, sat, unit
from matrix import Matrix
from model_file import TAPS

_GATE_BITS, _STREAM_BITS = 11, 12
_GATE_MAX = 32767


class RecurrenceState:
    """past: values and decays of the last three tokens, the newest first; h: Q18. Lists are
    replaced, never changed, so that a copy may share them."""

    def __init__(self, width):
        self.past_v = [[0] * width] * (TAPS - 1)
        self.past_z = [[0] * width] * (TAPS - 1)
        self.h = [0] * width

    def copy(self):
        other = RecurrenceState(0)
        other.past_v, other.past_z, other.h = self.past_v, self.past_z, self.h
        return other


class Recurrence:
    """The block of a number in a Model, without its feed-forward layer."""

    def __init__(self, model, number):
        self._width = e = model.shape["recurrence_width"]
        p = model.parameters
        step = model.steps[number][0]
        into, out = p[f"{number}.in"], p[f"{number}.out"]
        self._in = Matrix(into.data, into.columns, into.scales, NORM_STEP, _GATE_BITS)
        self._out = Matrix(out.data, out.columns, out.scales, step, _STREAM_BITS)
        taps = [sat(rnd(tap, 4), 16383) for tap in p[f"{number}.taps"]]
        rows = [taps[i : i + e] for i in range(0, len(taps), e)]
        self._taps_v = list(zip(*rows[0::2]))  # by channel, of the token itself first
        self._taps_z = list(zip(*rows[1::2]))
        self._bias = [sat(rnd(b, 4), 1 << 19) for b in p[f"{number}.bias"]]
        self._gains = [Multiplier.by_step(s, -32, step) for s in p[f"{number}.gain"]]

    def new_state(self):
        return RecurrenceState(self._width)

    def step(self, state, normalised):
        """What is added to the stream, Q12. normalised: Q4.  state is brought up to date."""
        e = self._width
        results = [sat(x, _GATE_MAX) for x in self._in.times(normalised)]
        v, z, g = results[:e], results[e : 2 * e], results[2 * e :]
        values = _convolved(self._taps_v, [v, *state.past_v])
        decays = _convolved(self._taps_z, [z, *state.past_z])
        state.past_v = [v, *state.past_v[: TAPS - 2]]
        state.past_z = [z, *state.past_z[: TAPS - 2]]
        state.h = [
            _next_h(h, sat(value, 1 << 18), sat(decay + bias, 12 << 12))
            for h, value, decay, bias in zip(state.h, values, decays, self._bias)
        ]
        read = [
            gain.activation((h >> 9) * _silu(gate))
            for gain, h, gate in zip(self._gains, state.h, g)
        ]
        return self._out.times(read)


def _convolved(taps, tokens):
    return [
        a * p + b * q + c * r + d * s + 1024 >> 11
        for (a, b, c, d), p, q, r, s in zip(taps, *tokens)
    ]


def _next_h(h, value, decay):
    share, bits = _share_of_new(decay)
    return h + (((value << 6) - h) * share + (1 << bits - 1) >> bits)


@functools.cache
def _share_of_new(decay):
    """1 - a of the document, as (number, bits): number * 2^-bits."""
    m, n = power(abs(decay) * 23637 >> 11)
    r = rec(unit(m, n))
    return (dot(m, r), 15 + n) if decay > 0 else (r, 15)


@functools.cache
def _silu(g):
    u = unit(*power(abs(g) * 47274 >> 11))
    return dot(g, rec(u) if g > 0 else dot(u, rec(u)))
