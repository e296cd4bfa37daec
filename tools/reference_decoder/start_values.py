"""What the n-gram predictor starts with (docs/format.md sections 6 and 6.10)."""

import dataclasses
import functools
import struct

import shipped_files
import zstd_frame

KINDS = 3  # text, structured, binary: those that have values


@dataclasses.dataclass(frozen=True)
class Shape:
    """A level's line of the table in section 6."""

    contexts: int  # N
    stride: int  # P
    inputs: int  # I
    clipped: bool
    sets: int
    maps: int
    long_matches: bool
    table_bytes: int
    rate_floor: int
    rate_extra: int


SHAPES = {
    1: Shape(4, 8, 16, False, 2, 1, False, 16_777_216, 40, 300),
    2: Shape(6, 8, 16, False, 3, 2, True, 67_108_864, 28, 260),
    3: Shape(10, 16, 48, True, 4, 2, True, 134_217_728, 20, 200),
    4: Shape(14, 16, 48, True, 4, 3, True, 201_326_592, 20, 200),
}
SET_ROWS = (306, 768, 256, 256)
RUN_CLASSES = 16
MAP_WORDS = 256
MATCH_WORDS = 128


@dataclasses.dataclass(frozen=True)
class StartValues:
    """One level's words for one kind. Lists; tuples of lists have one for each context or map."""

    state: tuple  # of 256 by state
    match: list  # of 128
    curve: tuple  # of 256
    run: tuple  # of 32, signed
    weight: list  # rows * I, signed

    def sets(self, shape):
        """New lists of rows for a mixer."""
        return rows_of_sets(self.weight, SET_ROWS[: shape.sets], shape.inputs)


def rows_of_sets(weights, rows_by_set, inputs):
    rows = [list(weights[i : i + inputs]) for i in range(0, len(weights), inputs)]
    sets = []
    for count in rows_by_set:
        sets.append(rows[:count])
        rows = rows[count:]
    return sets


def words_of(frame):
    """The unsigned 16-bit words of a zstd frame."""
    data = zstd_frame.decode(frame)
    return list(struct.unpack(f"<{len(data) // 2}H", data))


def signed(words):
    return [w - 65536 if w >= 32768 else w for w in words]


def parse(frame, level):
    """StartValues from a level's zstd frame."""
    shape = SHAPES[level]
    words = words_of(frame)

    def take(size):
        taken = words[:size]
        del words[:size]
        return taken

    values = StartValues(
        state=tuple(take(256) for _ in range(shape.contexts)),
        match=take(MATCH_WORDS),
        curve=tuple(take(MAP_WORDS) for _ in range(shape.maps)),
        run=tuple(signed(take(2 * RUN_CLASSES)) for _ in range(shape.contexts)),
        weight=signed(take(sum(SET_ROWS[: shape.sets]) * shape.inputs)),
    )
    if words or len(values.weight) != sum(SET_ROWS[: shape.sets]) * shape.inputs:
        raise ValueError("starting values of another size")
    return values


@functools.cache
def shipped(level, kind):
    """Those of models/start.bin; kind 0 to 2."""
    data = shipped_files.read(shipped_files.START)
    count = len(SHAPES) * KINDS
    sizes = struct.unpack_from(f"<{count}I", data)
    number = (level - 1) * KINDS + kind
    begin = 4 * count + sum(sizes[:number])
    return parse(data[begin : begin + sizes[number]], level)
