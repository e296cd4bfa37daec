"""Priors: what other texts taught (docs/format.md section 11)."""

import functools
import struct

import shipped_files
import start_values
import xxh3
from contexts import Context
from damage import Damage
from state_choice import state_for

MAGIC = bytes.fromhex("89 70 72 69 6F 0D 0A 1A")
LINE = 64
SUCCESSORS_MAX = 32
SUCCESSORS_OF_ENTRY = 8
_SEEN = (6, 16, 80, 400)  # times 64, by class
_HASH_AT = 8 + 4 + 4 + 8 * 4
_CODES_AT = _HASH_AT + 16
_TABLE_AT = _CODES_AT + 256 * 3
_MASK32 = 2**32 - 1

_FEATURES = (
    "Byte1; Bytes2; Bytes3; Bytes4; Bytes5; Bytes6; Word, Byte1; Word, Word1, Gap"
)
_IN_TABLE = [Context(line.split(", ")).features for line in _FEATURES.split("; ")]


class Prior:
    """data: a prior's file. Refuses what is not one (Damage)."""

    def __init__(self, data):
        if data[:8] != MAGIC:
            raise Damage("PRIOR", 0, "not a prior")
        if len(data) < _TABLE_AT or int.from_bytes(data[8:12], "little") != 1:
            raise Damage("VERSION", 8, "a prior of another version, or cut short")
        (self._lines,) = struct.unpack_from("<I", data, 12)
        self._sizes = struct.unpack_from("<8I", data, 16)
        end = _TABLE_AT + LINE * self._lines + sum(self._sizes)
        if self._lines == 0 or end != len(data):
            raise Damage("CORRUPT", 12, "a prior of another size than it says")
        self.hash = data[_HASH_AT:_CODES_AT]
        self._codes = [tuple(data[i : i + 3]) for i in range(_CODES_AT, _TABLE_AT, 3)]
        self._data = data

    @property
    def id(self):
        return int.from_bytes(self.hash[:8], "big")

    def verify(self):
        if xxh3.xxh3_128(self._data[:_HASH_AT] + self._data[_CODES_AT:]) != self.hash:
            raise Damage("CHECKSUM", _HASH_AT, "a damaged prior")

    def has(self, context):
        """Whether the table has contexts of these features."""
        return context.features in _IN_TABLE

    def serves(self, kind):
        """Whether there are starting values for a kind: 0 text, 1 structured."""
        return self._sizes[kind] != 0

    def start_values(self, level, kind):
        """StartValues for a kind that it serves."""
        number = 2 * (level - 1) + kind
        begin = _TABLE_AT + LINE * self._lines + sum(self._sizes[:number])
        return start_values.parse(self._data[begin : begin + self._sizes[number]], level)

    def look_up(self, context_hash):
        """What followed the context: (n, [(byte, w)]), or None if it is not in the table."""
        entry = self._entry(context_hash)
        if entry is None:
            return None
        seen = 64 * _SEEN[entry[0]]
        numbers = list(entry[1])
        while len(entry[1]) == SUCCESSORS_OF_ENTRY and len(numbers) < SUCCESSORS_MAX:
            context_hash = context_hash * 0x85EBCA6B + 1 & _MASK32
            entry = self._entry(context_hash)
            if entry is None:
                break
            numbers += entry[1]
        result = []
        share = 0
        for number in numbers:
            byte, first, later = self._codes[number]
            share = share * later >> 8 if result else 256 * first
            result.append((byte, max(1, share * seen >> 16)))
        return seen, result

    def _entry(self, h):
        """(class, numbers in the code book) of the entry with the hash's check, or None."""
        begin = _TABLE_AT + LINE * ((h * 0x9E3779B1 & _MASK32) * self._lines >> 32)
        line = self._data[begin : begin + LINE]
        x = (h ^ h >> 15) * 0x2C1B3C6D & _MASK32
        x = (x ^ x >> 12) * 0x297A2D39 & _MASK32
        check = (x ^ x >> 15) & 2047 or 1
        front, back = 0, LINE  # behind the headers and before the successors that were passed
        while front + 2 <= back:
            header = int.from_bytes(line[front : front + 2], "little")
            if header == 0:
                return None
            front += 2
            first = back - (header >> 11 & 7) - 1
            if first < front:
                return None
            if header & 2047 == check:
                return header >> 14, line[first:back][::-1]
            back = first
        return None


def run_count(seen, most):
    """The count a filled slot's run begins with; most: the w of the first successor."""
    rest = max(seen - most, 0)
    if 100 * most <= 35 * seen:
        return 0
    count = seen // 64 if 100 * rest <= seen else 7 * most // (10 * rest)
    return max(1, min(20, count))


def fill(slot, successors, paths, made):
    """Sets the states of a slot. made: the decisions before its first one, as in ByteCode.paths."""
    zeros = [0] * len(slot.states)
    ones = [0] * len(slot.states)
    for byte, weight in successors:
        if not paths[byte].startswith(made):
            continue
        node = 0
        for decision in paths[byte][len(made) : len(made) + 4]:
            counts = ones if decision == "1" else zeros
            counts[node] += weight
            node = 2 * node + 1 + int(decision)
    slot.states[:] = [state_for(z, o) for z, o in zip(zeros, ones)]


@functools.cache
def shipped(number):
    """The built-in prior of a number, 1 to 3."""
    return Prior(shipped_files.read(shipped_files.PRIORS[number]))
