"""The network, token by token (docs/network.md)."""

from operator import add

from attention import Attention
from fixed_point import NORM_STEP, Multiplier, norm, sat
from matrix import Matrix
from recurrence import Recurrence
from softmax import Softmax

START_TOKEN = 0
_EMBEDDING_BITS, _STREAM_BITS, _UP_BITS = 14, 12, 11
_STREAM_MAX = 1 << 24
_UP_MAX = 32767
_MASK32 = 2**32 - 1


class FeedForward:
    """The layer after a block (section 5)."""

    def __init__(self, model, number):
        up, down = model.parameters[f"{number}.up"], model.parameters[f"{number}.down"]
        step = model.steps[number][1]
        self._up = Matrix(up.data, up.columns, up.scales, NORM_STEP, _UP_BITS)
        self._down = Matrix(down.data, down.columns, down.scales, step, _STREAM_BITS)
        self._square = Multiplier.by_step(1, -18, step)

    def of(self, normalised):
        results = self._up.times(normalised)
        squares = [self._square.activation(min(z, _UP_MAX) ** 2) if z > 0 else 0 for z in results]
        return self._down.times(squares)


class Network:
    """model: a Model. What is learned, to be shared by the NetworkRuns of all texts."""

    def __init__(self, model):
        self.model = model
        self.blocks = [
            (Recurrence if kind == "r" else Attention)(model, i)
            for i, kind in enumerate(model.shape["blocks"])
        ]
        self.layers = [FeedForward(model, i) for i in range(len(self.blocks))]
        self._classes = Softmax(model.parameters["classes"], model.parameters["class_bias"])
        self._tokens = {}  # Softmax by class, made when it is first needed
        if model.shape["ngram_rows"]:
            p = model.parameters["P"]
            step = model.parameters["E2"].scales[0]
            self._project = Matrix(p.data, p.columns, p.scales, step, _EMBEDDING_BITS)

    def embedded(self, before, last, token):
        """The stream of a token after two others, Q12 (section 2)."""
        parameters = self.model.parameters
        table = parameters["E"]
        scale = table.scales[token]
        multiplier = Multiplier(scale.mantissa, 3 - scale.shift)
        stream = [multiplier.of(q << 11) for q in table.row(token)]
        rows = self.model.shape["ngram_rows"]
        if rows:
            h = (last + 1) * 0x9E3779B1 + token * 0x85EBCA77
            pair = parameters["E2"].row(_mix(h, rows))
            triple = parameters["E3"].row(_mix(h + (before + 1) * 0xC2B2AE3D, rows))
            stream = map(add, stream, self._project.times(pair + triple))
        stream = [sat(x, _STREAM_MAX) for x in stream]
        return norm(stream, _EMBEDDING_BITS, _STREAM_BITS, _STREAM_MAX)

    def class_sums(self, normalised):
        return self._classes.sums(normalised)

    def token_sums(self, number, normalised):
        if number not in self._tokens:
            begin, end = self.model.class_begin[number : number + 2]
            parameters = self.model.parameters
            rows = parameters["tokens"].rows(begin, end)
            self._tokens[number] = Softmax(rows, parameters["token_bias"][begin:end])
        return self._tokens[number].sums(normalised)


def _mix(h, rows):
    h &= _MASK32
    return ((h ^ h >> 15) * 0x2C1B3C6D & _MASK32) * rows >> 32


class NetworkRun:
    """A network somewhere in a text. It was given the token 0 and then those of give().

    Sums of counts are those of Softmax.sums(): of the classes, and of the tokens of one class.
    """

    def __init__(self, network):
        self.network = network
        self._before, self._last = START_TOKEN, START_TOKEN
        self._states = [block.new_state() for block in network.blocks]
        self.give(START_TOKEN)

    def copy(self):
        other = object.__new__(NetworkRun)
        other.network = self.network
        other._before, other._last = self._before, self._last
        other._states = [state.copy() for state in self._states]
        other._normalised = self._normalised
        other._class_sums, other._token_sums = self._class_sums, self._token_sums
        return other

    def give(self, token):
        stream = self.network.embedded(self._before, self._last, token)
        self._before, self._last = self._last, token
        for block, layer, state in zip(self.network.blocks, self.network.layers, self._states):
            stream = _added(stream, block.step(state, _normal(stream)))
            stream = _added(stream, layer.of(_normal(stream)))
        self._normalised = _normal(stream)
        self._class_sums = None
        self._token_sums = {}

    def class_sums(self):
        if self._class_sums is None:
            self._class_sums = self.network.class_sums(self._normalised)
        return self._class_sums

    def token_sums(self, number):
        if number not in self._token_sums:
            self._token_sums[number] = self.network.token_sums(number, self._normalised)
        return self._token_sums[number]


def _added(stream, results):
    return [sat(x, _STREAM_MAX) for x in map(add, stream, results)]


def _normal(stream):
    return norm(stream, _STREAM_BITS, 4, 127)
