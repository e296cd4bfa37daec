"""Contexts: hashes of features (docs/format.md section 6.5)."""

from features import NAMES

_MASK32 = 2**32 - 1

TEXT, STRUCTURED, BINARY, INCOMPRESSIBLE = range(4)

_TABLES = {
    TEXT: "Bytes2; Bytes3; Bytes4; Word, Word1, Gap; Word, Byte1; Byte1; Bytes6; Bytes5; "
    "Indirect1, Byte1; None; Above2, Byte1; Word, Word2; Indirect2, Bytes2; Word, Word1, Word2",
    STRUCTURED: "Bytes2; Bytes3; Bytes4; Bytes6; Word, Byte1; Byte1; Above2, Byte1; Bytes5; "
    "LineStart, Field, Word; Word, Word1, Gap; Indirect1, Byte1; None; Column, Above; "
    "Indirect2, Bytes2",
    BINARY: "Bytes2; Bytes3; Bytes4; Byte1; Bytes6; Skip1; None; Skip2; Indirect1, Byte1; Skip3; "
    "Bytes5; Indirect2, Bytes2; Record1; Record2",
}


class Context:
    """features: three names, "None" where there are fewer.  seed: what tells them from others."""

    def __init__(self, names):
        self.features = (names + ["None", "None"])[:3]
        i, j, k = (NAMES.index(name) for name in self.features)
        self._seed = (i + 32 * j + 1024 * k + 1) * 0x9E3779B9

    def hash(self, values):
        """The context's u32 for the features' values, a dictionary by name."""
        first, second, third = self.features
        x = (values[first] + self._seed) * 0x85EBCA6B & _MASK32
        x = ((x ^ x >> 15) + values[second] * 0xC2B2AE35) * 0x27D4EB2F & _MASK32
        x = ((x ^ x >> 13) + values[third] * 0x165667B1) * 0x9E3779B1 & _MASK32
        return x ^ x >> 16


def contexts_of(kind, count):
    """The first `count` contexts of a content kind."""
    lines = _TABLES[BINARY if kind == INCOMPRESSIBLE else kind].split("; ")
    return [Context(line.split(", ")) for line in lines[:count]]
