"""The predictor of level 5: n-grams and a network, mixed (docs/format.md section 12.4)."""

import functools
import struct

import shipped_files
import start_values
from adaptive_map import MapRow
from byte_odds import ByteOdds
from contexts import STRUCTURED
from logistic import squash
from mixer import Mixer
from natural_log import ln
from ngram import PROBABILITY_MIN, NgramPredictor

_NGRAM_LEVEL = 4
_NGRAM_INPUTS = 48
_INPUTS = 64
_SET_ROWS = (192, 768, 256, 256, 1024)
_RATE_FLOOR, _RATE_EXTRA, _EXTRA_SHIFT = 18, 50, 15
_LOGIT_LIMIT = 14336
_LEVELS = (256, 640, 1280, 2304, 3840, 5888, 8448)  # where |x| gets another v(x)
_COLUMNS = (
    *(-2816, -2304, -1792, -1280, -768, -512, -256, 0),
    *(256, 512, 768, 1280, 1792, 2304, 2816, 3328),
)
_FULL = 1 << 24
_MASK32 = 2**32 - 1


class NeuralPredictor:
    """For every decision of a text: predict(), then learn(); after every byte append().

    kind: text or structured.  text_size: bytes.  prior: a Prior or None.  network: a Network.
    """

    def __init__(self, kind, text_size, prior, network):
        self._ngram = NgramPredictor(_NGRAM_LEVEL, kind, text_size, prior)
        self._odds = ByteOdds(network)
        words = _start_weights(2 * (kind == STRUCTURED) + (prior is not None))
        sets = start_values.rows_of_sets(words, _SET_ROWS, _INPUTS)
        self._mixer = Mixer(sets, _RATE_FLOOR, _RATE_EXTRA, _EXTRA_SHIFT)
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
        logit = self._mixer.mix(inputs, self._weight_rows(own, net, odds))
        return _kept(squash(logit))

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
        return inputs + [0] * (_INPUTS - _NGRAM_INPUTS - len(inputs))

    def _weight_rows(self, own, net, odds):
        ngram = self._ngram
        inside = odds.zero + odds.one
        everything = inside + odds.other
        if inside >= everything - everything // 16:
            s = 3
        elif inside >= everything // 2:
            s = 2
        else:
            s = 1 if inside >= everything // 16 else 0
        return (
            (4 * _level(net) + s) * 3 + ngram.phase,
            ngram.at + 256 * ngram.certainty,
            16 * _level(net) + _level(own),
            self.history.last8 & 255,
            ngram.at + 256 * s,
        )

    def learn(self, bit):
        """Takes in the outcome of the decision that was predicted. Returns its byte, or None."""
        self._mixer.learn(bit)
        for row in self._rows:
            row.learn(bit)
        self._odds.learn(bit, self._by_ngrams)
        return self._ngram.learn(bit)

    def append(self, byte):
        self._ngram.append(byte)
        self._odds.append(byte)


def _level(x):
    """v(x) of the document, 0 .. 15."""
    k = sum(abs(x) >= end for end in _LEVELS)
    return 8 + k if x >= 0 else 7 - k


def _within(x, limit):
    return max(-limit, min(limit, x))


def _kept(probability):
    return max(PROBABILITY_MIN, min(_FULL - PROBABILITY_MIN, probability))


@functools.cache
def _start_weights(number):
    """The words of one of the four sets of models/network-start.bin (section 12.5)."""
    data = shipped_files.read(shipped_files.NETWORK_START)
    sizes = struct.unpack_from("<4I", data)
    begin = 16 + sum(sizes[:number])
    words = start_values.signed(start_values.words_of(data[begin : begin + sizes[number]]))
    if len(words) != sum(_SET_ROWS) * _INPUTS:
        raise ValueError("starting weights of another size")
    return words
