"""Files of networks (docs/network.md section 9)."""

import dataclasses
import struct

import xxh3
from byte_reader import ByteReader
from damage import Damage
from fixed_point import Scale
from vocabulary import Vocabulary, read_vocabulary

MAGIC = bytes.fromhex("89 50 49 54 48 4E 45 54")
VERSION = 1
_FIELDS = (
    "blocks vocabulary width recurrence_width feed_forward heads kv_heads head_width window "
    "ngram_rows ngram_width classes"
).split()
TAPS = 4


@dataclasses.dataclass(frozen=True)
class Weights:
    """A matrix or a table as it is in the file: int8 row by row, and its rows' scales."""

    data: bytes
    columns: int
    scales: list  # of Scale, one a row; of a hashed table one in all

    def row(self, i):
        """int8, signed."""
        return struct.unpack_from(f"<{self.columns}b", self.data, i * self.columns)

    def rows(self, begin, end):
        part = self.data[begin * self.columns : end * self.columns]
        return Weights(part, self.columns, self.scales[begin:end])


@dataclasses.dataclass(frozen=True)
class Model:
    """shape: the head's values by name.  class_begin: first tokens, and the number of tokens.
    steps: (of y, of r) by block.  parameters: by name, Weights or a list of Q16 numbers."""

    id: int
    shape: dict
    class_begin: list
    vocabulary: Vocabulary
    steps: list
    parameters: dict


def read_model(data, hash_is_known=False):
    """hash_is_known: the bytes were proved by another hash, so the file's own is believed."""
    if data[: len(MAGIC)] != MAGIC:
        raise Damage("MODEL", None, "not a model")
    reader = ByteReader(data[:-8], len(MAGIC))
    if reader.number(4) != VERSION:
        raise Damage("VERSION", None, "a model of another version")
    model_id = int.from_bytes(data[-8:], "little")
    if not hash_is_known and xxh3.xxh3_64(data[:-8]) != model_id:
        raise Damage("CHECKSUM", None, "a damaged model")
    shape = _read_head(reader.take(reader.number(4)))
    classes = reader.number(4)
    class_begin = [reader.number(2) for _ in range(classes)] + [reader.number(2) + 1]
    rising = all(a < b for a, b in zip(class_begin, class_begin[1:]))
    if class_begin[0] != 0 or class_begin[-1] != shape["vocabulary"] or not rising:
        raise Damage("MODEL", None, "classes that do not follow each other")
    vocabulary = read_vocabulary(reader.take(reader.number(4)))
    if len(vocabulary.tokens) != shape["vocabulary"]:
        raise Damage("MODEL", None, "a vocabulary of another size")
    steps = [(_scale(reader), _scale(reader)) for _ in shape["blocks"]]
    parameters = _read_parameters(reader, shape, classes)
    if reader.at != len(data) - 8:
        raise Damage("MODEL", None, "a model that is too long")
    return Model(model_id, shape, class_begin, vocabulary, steps, parameters)


def _read_head(head):
    lines = head.decode("ascii").rstrip("\n").split("\n")
    shape = dict(line.split(" ") for line in lines)
    if list(shape) != _FIELDS or len(head) % 8:
        raise Damage("MODEL", None, "a model's head that is not as it must be")
    return {name: value if name == "blocks" else int(value) for name, value in shape.items()}


def _scale(reader):
    scale = Scale(reader.number(2), reader.number(1))
    if not 1 << 14 <= scale.mantissa < 1 << 15 or scale.shift > 60:
        raise Damage("MODEL", None, "a scale out of its range")
    return scale


def _read_parameters(reader, shape, classes):
    d, e, f = shape["width"], shape["recurrence_width"], shape["feed_forward"]
    tokens, tables, table_width = shape["vocabulary"], shape["ngram_rows"], shape["ngram_width"]
    heads = shape["heads"] * shape["head_width"]
    projections = (shape["heads"] + 2 * shape["kv_heads"]) * shape["head_width"]
    parameters = {}

    def weights(name, rows, columns, scales=None):
        scales = [_scale(reader) for _ in range(rows if scales is None else scales)]
        data = reader.take(rows * columns)
        if b"\x80" in data:
            raise Damage("MODEL", None, "a weight of -128")
        parameters[name] = Weights(data, columns, scales)

    def vector(name, size):
        parameters[name] = list(struct.unpack(f"<{size}i", reader.take(4 * size)))

    weights("E", tokens, d)
    if tables:
        weights("E2", tables, table_width, scales=1)
        weights("E3", tables, table_width, scales=1)
        weights("P", d, 2 * table_width)
        if parameters["E2"].scales != parameters["E3"].scales:
            raise Damage("MODEL", None, "n-gram tables of different scales")
    for i, kind in enumerate(shape["blocks"]):
        if kind == "r":
            weights(f"{i}.in", 3 * e, d)
            weights(f"{i}.out", d, e)
            vector(f"{i}.taps", TAPS * 2 * e)
            vector(f"{i}.bias", e)
            vector(f"{i}.gain", e)
        else:
            weights(f"{i}.in", projections, d)
            weights(f"{i}.out", d, heads)
        weights(f"{i}.up", f, d)
        weights(f"{i}.down", d, f)
    weights("classes", classes, d)
    vector("class_bias", classes)
    weights("tokens", tokens, d)
    vector("token_bias", tokens)
    return parameters
