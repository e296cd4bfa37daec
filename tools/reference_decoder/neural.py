"""The predictors of levels 5 and 7: n-grams and a network, mixed (docs/format.md section 12.4)."""

import dataclasses
import functools
import struct

import mixer_rows
import shipped_files
import start_values
from adaptive_map import MapRow
from byte_odds import ByteOdds
from contexts import STRUCTURED
from counters import Counters
from logistic import squash
from mixer import Mixer
from natural_log import ln
from ngram import PROBABILITY_MIN, NgramPredictor
from slots import group_hash

_NGRAM_LEVEL = 4
_OWN_INPUTS = 16  # of the network, behind 48 of the n-grams
_RATE_FLOOR, _RATE_EXTRA, _EXTRA_SHIFT = 28, 50, 15
_LOGIT_LIMIT = 14336
_LEVELS = (256, 640, 1280, 2304, 3840, 5888, 8448)  # where |x| gets another v(x)
_COLUMNS = (
    *(-2816, -2304, -1792, -1280, -768, -512, -256, 0),
    *(256, 512, 768, 1280, 1792, 2304, 2816, 3328),
)
_FULL = 1 << 24
_LETTERS_MAX = 7
_GROUP = 4  # decisions
_SETS = 8  # of starting weights
_MASK32 = 2**32 - 1


@dataclasses.dataclass(frozen=True)
class Shape:
    """What differs between the levels."""

    number: int
    inputs: int
    mixers: int
    counters: int
    looks_ahead_from: int  # G of section 12.3


SHAPES = {5: Shape(0, 64, 2, 0, 2), 7: Shape(1, 80, 3, 6, 8)}


class NeuralPredictor:
    """For every decision of a text: predict(), then learn(); after every byte append().

    level: 5 or 7.  kind: text or structured.  text_size: bytes.  prior: a Prior or None.
    network: a Network.
    """

    def __init__(self, level, kind, text_size, prior, network):
        self._shape = shape = SHAPES[level]
        self._ngram = NgramPredictor(_NGRAM_LEVEL, kind, text_size, prior)
        self._odds = ByteOdds(network, shape.looks_ahead_from)
        number = 4 * shape.number + 2 * (kind == STRUCTURED) + (prior is not None)
        self._mixers = [
            Mixer(sets, _RATE_FLOOR, _RATE_EXTRA, _EXTRA_SHIFT)
            for sets in _start_sets(shape, _start_weights(number))
        ]
        self._counters = Counters(shape.counters, text_size)
        self._letters = 0
        self._start_group()
        self._map_rows = ({}, {}, {})  # of each map, made when first used
        self._new_row = [squash(x) >> 2 << 10 | 6 for x in _COLUMNS]

    @property
    def history(self):
        return self._ngram.history

    def predict(self):
        """The probability of a 1, in 1/2^24."""
        self._by_ngrams = p = self._ngram.predict()
        odds = self._odds.odds()
        own = ln(p) - ln(_FULL - p)
        net = opinion = own
        if odds.zero + odds.one > 0:
            net = ln((odds.one << 23) + odds.other * (p >> 1) + 1)
            net -= ln((odds.zero << 23) + odds.other * (_FULL - p >> 1) + 1)
            opinion = ln((odds.one << 20) + 1) - ln((odds.zero << 20) + 1)
        self._rows = self._pick_rows(own, net)
        inputs = self._ngram.inputs + self._own_inputs(own, net, opinion)
        inputs += self._counters.inputs()
        inputs += [0] * (self._shape.inputs - len(inputs))
        opinions = mixer_rows.Opinions(_level(own), _level(net), _share(odds), self._letters)
        rows = mixer_rows.numbers(self._ngram, opinions)
        total = sum(mixer.mix(inputs, of_one) for mixer, of_one in zip(self._mixers, rows))
        return _kept(squash(int(total / len(self._mixers))))

    def _pick_rows(self, own, net):
        at = self._ngram.at
        two = self.history.last8 & 0xFFFF
        mixed = (two * 0x9E3779B1 + at * 0x85EBCA6B) * 0xC2B2AE35 & _MASK32
        numbers = (at + 256 * (two & 255), mixed >> 16, 16 * at + _level(own))
        return [
            MapRow(rows.setdefault(number, list(self._new_row)), net >> 2)
            for rows, number in zip(self._map_rows, numbers)
        ]

    def _own_inputs(self, own, net, opinion):
        inputs = [
            _within(own, _LOGIT_LIMIT),
            _within(net, _LOGIT_LIMIT),
            _within(net, 2048),
            _within(net - own, 4096),
            _within(opinion, _LOGIT_LIMIT),
            256,
            _within(own + net >> 1, 1024),
        ]
        for row in self._rows:
            q = _kept(row.refined())
            refined = ln(q) - ln(_FULL - q)
            inputs += [_within(refined, _LOGIT_LIMIT), _within(refined - net, 2048)]
        return inputs + [0] * (_OWN_INPUTS - len(inputs))

    def learn(self, bit):
        """Takes in the outcome of the decision that was predicted. Returns its byte, or None."""
        for mixer in self._mixers:
            mixer.learn(bit)
        for row in self._rows:
            row.learn(bit)
        self._counters.learn(bit)
        self._odds.learn(bit, self._by_ngrams)
        byte = self._ngram.learn(bit)
        if byte is None and len(self._ngram.made) % _GROUP == 0:
            self._start_group()
        return byte

    def append(self, byte):
        self._ngram.append(byte)
        self._odds.append(byte)
        in_word = self.history.values["Word"] != 0
        self._letters = min(self._letters + 1, _LETTERS_MAX) if in_word else 0
        self._start_group()

    def _start_group(self):
        ngram = self._ngram
        hashes = ngram.hashes[: self._shape.counters]
        self._counters.enter([group_hash(h, ngram.at) if ngram.made else h for h in hashes])


def _share(odds):
    """s of the document."""
    inside = odds.zero + odds.one
    everything = inside + odds.other
    if inside >= everything - everything // 16:
        return 3
    if inside >= everything // 2:
        return 2
    return 1 if inside >= everything // 16 else 0


def _level(x):
    """v(x) of the document, 0 .. 15."""
    k = sum(abs(x) >= end for end in _LEVELS)
    return 8 + k if x >= 0 else 7 - k


def _within(x, limit):
    return max(-limit, min(limit, x))


def _kept(probability):
    return max(PROBABILITY_MIN, min(_FULL - PROBABILITY_MIN, probability))


def _start_sets(shape, words):
    """The sets of each mixer."""
    rows = mixer_rows.SET_ROWS[: shape.mixers]
    if len(words) != sum(map(sum, rows)) * shape.inputs:
        raise ValueError("starting weights of another size")
    begin = 0
    for of_one in rows:
        end = begin + sum(of_one) * shape.inputs
        yield start_values.rows_of_sets(words[begin:end], of_one, shape.inputs)
        begin = end


@functools.cache
def _start_weights(number):
    """The words of one of the sets of models/network-start.bin (section 12.6)."""
    data = shipped_files.read(shipped_files.NETWORK_START)
    sizes = struct.unpack_from(f"<{_SETS}I", data)
    begin = 4 * _SETS + sum(sizes[:number])
    return start_values.signed(start_values.words_of(data[begin : begin + sizes[number]]))
