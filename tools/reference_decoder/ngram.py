"""The n-gram predictor (docs/format.md section 6)."""

import adaptive
import bit_history
import prior as priors
import start_values
from adaptive_map import AdaptiveMap
from contexts import BINARY, STRUCTURED, contexts_of
from byte_code import PLAIN_CODE, TEXT_CODE
from features import History
from logistic import STRETCHED, squash
from match_model import MatchModel
from mixer import Mixer
from slots import Slots

PROBABILITY_MIN = 16  # of 2^24, and as far from 2^24
_RUN_ENDS = (16, 24, 48)  # where the classes 11 to 13 of run counts end


def byte_code_of(kind):
    return TEXT_CODE if kind <= STRUCTURED else PLAIN_CODE


class NgramPredictor:
    """For every decision of a text: predict(), then learn(); after every byte append().

    level 1 to 4; kind 0 to 3; raw_size: bytes of the text; prior: a Prior or None.
    Open to mixers above it: inputs (6.8), phase, certainty, orders, found, match_class, at, made,
    hashes (6.5), history.
    """

    def __init__(self, level, kind, raw_size, prior):
        shape = start_values.SHAPES[level]
        if prior:
            start = prior.start_values(level, kind)
        else:
            start = start_values.shipped(level, min(kind, BINARY))
        self._shape = shape
        self._prior = prior
        self.code = byte_code_of(kind)
        self.history = History(with_records=kind == BINARY)
        self._contexts = contexts_of(kind, shape.contexts)
        self._in_prior = [bool(prior) and prior.has(context) for context in self._contexts]
        self._slots = Slots(raw_size, shape.contexts, shape.table_bytes)
        self._state_maps = [[adaptive.start(w, 30) for w in words] for words in start.state]
        self._strengths = start.run
        self._match = MatchModel(self.history, raw_size, shape.long_matches, start.match)
        self._mixer = Mixer(start.sets(shape), shape.rate_floor, shape.rate_extra, 17)
        self._maps = [AdaptiveMap(raw_size, curve) for curve in start.curve]
        self._decisions = 0  # of the block
        self._first_slots = []
        self._group = []  # the slots of the group of decisions in work
        self._start_byte()

    # -- a byte

    def _start_byte(self):
        self.at = 0
        self.made = ""  # this byte's decisions
        self._node = 0  # of the decision in its group
        self.hashes = [context.hash(self.history.values) for context in self._contexts]
        self._first_slots = []
        self.found = []  # by context: not new, told at its turn, before a later one takes its slot
        for h in self.hashes:
            slot = self._slots.find_first(h)
            self._first_slots.append(slot)
            self.found.append(slot.states[0] != 0)
            if slot.states[0] == 0:
                slot.run_count = 0
        self._fill_first()
        self._group = self._first_slots
        self._runs = [self._run_of(i, slot) for i, slot in enumerate(self._first_slots)]
        self._pick_map_rows()

    def _fill_first(self):
        for i, slot in enumerate(self._first_slots):
            if self.found[i] or not self._in_prior[i]:
                continue
            known = self._prior.look_up(self.hashes[i])
            if known is None:
                continue
            seen, successors = known
            priors.fill(slot, successors, self.code.paths, "")
            slot.run_byte = successors[0][0]
            slot.run_count = priors.run_count(seen, successors[0][1])
            self.found[i] = True

    def _run_of(self, i, slot):
        """(path of the run byte, strength at the first decision, at later ones), or None."""
        if slot.run_count == 0:
            return None
        row = _run_class(slot.run_count)
        strengths = self._strengths[i]
        later = strengths[start_values.RUN_CLASSES + row]
        return self.code.paths[slot.run_byte], strengths[row], later

    def _start_group(self):
        self._node = 0
        self._group = []
        new = []  # told at each context's turn, before a later one takes its slot
        for h in self.hashes:
            slot = self._slots.find_later(h, self.at)
            self._group.append(slot)
            new.append(slot.states[0] == 0)
        for i, slot in enumerate(self._group):
            known = self._prior.look_up(self.hashes[i]) if new[i] and self._in_prior[i] else None
            if known is not None:
                priors.fill(slot, known[1], self.code.paths, self.made)
        self._pick_map_rows()

    def _pick_map_rows(self):
        last8 = self.history.last8
        contexts = (last8 & 0xFFFF, last8 & 0xFFFFFF, last8 & 0xFF)
        for adaptive_map, context in zip(self._maps, contexts):
            adaptive_map.pick(context, self.at)

    def append(self, byte):
        """Takes in the byte whose last decision was learned."""
        for slot in self._first_slots:
            same = slot.run_count != 0 and slot.run_byte == byte
            slot.run_count = min(slot.run_count + 1, 255) if same else 1
            slot.run_byte = byte
        self.history.append(byte)
        self._match.append(byte)
        self._start_byte()

    # -- a decision

    def predict(self):
        """The probability of a 1, in 1/2^24."""
        self._match.predict(self.code.paths, self.made)
        self._states = [slot.states[self._node] for slot in self._group]
        self.inputs = self._inputs()
        logit = self._mixer.mix(self.inputs, self._weight_rows())
        self._rows = [adaptive_map.row(self._node, logit) for adaptive_map in self._maps]
        refined = sum(row.refined() for row in self._rows)
        plain = squash(logit)
        if len(self._rows) == 1:
            p = plain + refined >> 1
        elif len(self._rows) == 2:
            p = 2 * plain + 3 * refined >> 3
        else:
            p = plain + refined >> 2
        return max(PROBABILITY_MIN, min((1 << 24) - PROBABILITY_MIN, p))

    def _inputs(self):
        shape = self._shape
        inputs = [0] * shape.inputs
        for i, state in enumerate(self._states):
            inputs[i] = 4 * STRETCHED[adaptive.p12(self._state_maps[i][state])]
        inputs[shape.contexts] = 4 * self._match.logit
        inputs[shape.contexts + 1] = 1024
        for i, run in enumerate(self._runs):
            if run is not None and run[0].startswith(self.made):
                strength = run[2] if self.made else run[1]
                says_one = run[0][len(self.made)] == "1"
                inputs[shape.stride + i] = strength if says_one else -strength
        if shape.clipped:
            for i in range(shape.stride):
                inputs[2 * shape.stride + i] = max(-2048, min(2048, inputs[i]))
        return inputs

    def _weight_rows(self):
        depth = len(self.made)
        self.match_class = m = self._match.match_class
        found = self.found
        self.orders = orders = sum(found[:5])
        self.phase = 0 if depth == 0 else 1 if depth < 4 else 2
        self.certainty = 0 if m == 0 else 1 if m < 5 else 2
        single = sum(bit << i for i, bit in enumerate(found[5:8]))
        rows = (
            (6 * m + orders) * 3 + self.phase,
            self.at + 256 * self.certainty,
            single + 8 * (3 if orders == 5 else orders // 2) + 32 * min(depth, 7),
            self.history.last8 & 0xFF,
        )
        return rows[: self._shape.sets]

    def learn(self, bit):
        """Takes in the outcome of the decision that was predicted. Returns its byte, or None."""
        self._mixer.learn(bit)
        for row in self._rows:
            row.learn(bit)
        t = self._decisions + len(self.history.data)
        for i in range(t % 4, self._shape.contexts, 4):
            entries = self._state_maps[i]
            entries[self._states[i]] = adaptive.learn(entries[self._states[i]], bit)
        for slot in self._group:
            slot.states[self._node] = bit_history.SUCCESSORS[slot.states[self._node]][bit]
        self._match.learn(bit)
        return self._go_on(bit)

    def _go_on(self, bit):
        self._decisions += 1
        self.made += "01"[bit]
        child = self.code.children[self.at][bit]
        if child < 0:
            return ~child
        self.at = child
        self._node = 2 * self._node + 1 + bit
        if len(self.made) % 4 == 0:
            self._start_group()
        return None


def _run_class(count):
    if count <= 10:
        return count
    return next((11 + i for i, end in enumerate(_RUN_ENDS) if count < end), 14)
