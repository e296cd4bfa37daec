"""One frame of Zstandard, decoded (RFC 8878): the starting values and method 1 are such frames.

Written for reading, as all of this decoder: about 100 KB a second.
"""

from xxh64 import xxh64
from zstd_entropy import BackwardBits, FseTable, read_fse_table, read_huffman_table

MAGIC = b"\x28\xb5\x2f\xfd"
BLOCK_MAX = 1 << 17
_RAW, _RLE, _COMPRESSED, _TREELESS = range(4)  # kinds of blocks (the first three) and of literals

# By code: (base, extra bits).
_LITERAL_LENGTHS = [(n, 0) for n in range(16)]
_LITERAL_LENGTHS += [(16, 1), (18, 1), (20, 1), (22, 1), (24, 2), (28, 2), (32, 3), (40, 3)]
_LITERAL_LENGTHS += [(48, 4)] + [(1 << n, n) for n in range(6, 17)]
_MATCH_LENGTHS = [(n + 3, 0) for n in range(32)]
_MATCH_LENGTHS += [(35, 1), (37, 1), (39, 1), (41, 1), (43, 2), (47, 2), (51, 3), (59, 3)]
_MATCH_LENGTHS += [(67, 4), (83, 4), (99, 5)] + [((1 << n) + 3, n) for n in range(7, 17)]
_DEFAULT_LITERAL_LENGTHS = [4, 3] + [2] * 11 + [1] * 3 + [2] * 9 + [3, 2] + [1] * 5 + [-1] * 4
_DEFAULT_OFFSETS = [1] * 6 + [2] * 3 + [1] * 15 + [-1] * 5
_DEFAULT_MATCH_LENGTHS = [1, 4, 3] + [2] * 6 + [1] * 37 + [-1] * 7


def decode(frame):
    """The raw bytes. ValueError if `frame` is not exactly one valid frame without dictionary."""
    try:
        return _decode(frame)
    except IndexError as error:
        raise ValueError("a zstd frame that ends too early") from error


def _decode(frame):
    if frame[:4] != MAGIC:
        raise ValueError("no zstd frame")
    head = frame[4]
    single_segment = head >> 5 & 1
    id_size = (0, 1, 2, 4)[head & 3]
    size_size = (single_segment, 2, 4, 8)[head >> 6]
    at = 5 + (0 if single_segment else 1)
    if head & 8 or any(frame[at : at + id_size]):
        raise ValueError("a reserved bit or a dictionary")
    at += id_size
    said_size = int.from_bytes(frame[at : at + size_size], "little")
    said_size += 256 if size_size == 2 else 0
    at += size_size
    result = bytearray()
    state = _FrameState()
    last = False
    while not last:
        block = frame[at] | frame[at + 1] << 8 | frame[at + 2] << 16
        last, kind, size = block & 1, block >> 1 & 3, block >> 3
        at += 3
        if size > BLOCK_MAX:
            raise ValueError("a block that is too large")
        taken = 1 if kind == _RLE else size
        content = frame[at : at + taken]
        at += taken
        if at > len(frame):
            raise ValueError("a zstd frame that ends too early")
        if kind == _RAW:
            result += content
        elif kind == _RLE:
            result += content * size
        elif kind == _COMPRESSED:
            _decode_block(content, state, result)
        else:
            raise ValueError("a reserved kind of block")
    if size_size and said_size != len(result):
        raise ValueError("a zstd frame of another size than it says")
    if head & 4:
        if xxh64(result) & 0xFFFFFFFF != int.from_bytes(frame[at : at + 4], "little"):
            raise ValueError("a zstd frame with a wrong checksum")
        at += 4
    if at != len(frame):
        raise ValueError("not exactly one zstd frame")
    return bytes(result)


class _FrameState:
    """What later blocks of a frame may use again."""

    def __init__(self):
        self.huffman = None
        self.tables = [None, None, None]  # of literal lengths, offsets, match lengths
        self.offsets = [1, 4, 8]


def _decode_block(data, state, result):
    literals, at = _read_literals(data, state)
    count = data[at]
    at += 1
    if count == 255:
        count = data[at] + (data[at + 1] << 8) + 0x7F00
        at += 2
    elif count >= 128:
        count = (count - 128 << 8) + data[at]
        at += 1
    used = 0
    if count > 0:
        at = _read_tables(data, at, state)
        for literal_length, offset, match_length in _sequences(data[at:], count, state):
            result += literals[used : used + literal_length]
            used += literal_length
            if used > len(literals) or not 0 < offset <= len(result):
                raise ValueError("a sequence of what is not there")
            _copy(result, offset, match_length)
    elif at != len(data):
        raise ValueError("bytes behind a block's literals")
    result += literals[used:]


def _copy(result, offset, length):
    while length > 0:
        piece = result[-offset:][:length]
        result += piece
        length -= len(piece)


def _read_literals(data, state):
    """(literals, bytes read)."""
    kind, size_format = data[0] & 3, data[0] >> 2 & 3
    if kind in (_RAW, _RLE):
        head, bits = ((1, 3), (2, 4), (1, 3), (3, 4))[size_format]
        size = int.from_bytes(data[:head], "little") >> bits
        taken = 1 if kind == _RLE else size
        content = data[head : head + taken]
        if len(content) != taken:
            raise ValueError("literals that end too early")
        return content * (size if kind == _RLE else 1), head + taken
    head, width = ((3, 10), (3, 10), (4, 14), (5, 18))[size_format]
    sizes = int.from_bytes(data[:head], "little") >> 4
    size, coded = sizes & (1 << width) - 1, sizes >> width
    content = data[head : head + coded]
    if len(content) != coded or size > BLOCK_MAX:
        raise ValueError("literals that end too early")
    if kind == _COMPRESSED:
        state.huffman, used = read_huffman_table(content)
        content = content[used:]
    if state.huffman is None:
        raise ValueError("no Huffman table to use again")
    if size_format == 0:
        return state.huffman.decode(content, size), head + coded
    quarter = (size + 3) // 4
    ends = [int.from_bytes(content[i : i + 2], "little") for i in (0, 2, 4)]
    result = bytearray()
    begin = 6
    for i in range(4):
        end = begin + ends[i] if i < 3 else len(content)
        result += state.huffman.decode(content[begin:end], quarter if i < 3 else size - 3 * quarter)
        begin = end
    return result, head + coded


def _read_tables(data, at, state):
    modes = data[at]
    at += 1
    if modes & 3:
        raise ValueError("reserved bits")
    kinds = (
        (_DEFAULT_LITERAL_LENGTHS, 6, 9),
        (_DEFAULT_OFFSETS, 5, 8),
        (_DEFAULT_MATCH_LENGTHS, 6, 9),
    )
    for i, (default, accuracy, accuracy_max) in enumerate(kinds):
        mode = modes >> 6 - 2 * i & 3
        if mode == 0:
            state.tables[i] = FseTable(default, accuracy)
        elif mode == 1:
            state.tables[i] = FseTable.of_one(data[at])
            at += 1
        elif mode == 2:
            state.tables[i], used = read_fse_table(data[at:], accuracy_max)
            at += used
        elif state.tables[i] is None:
            raise ValueError("no table to use again")
    return at


def _sequences(data, count, state):
    """Yields (literal length, offset, match length)."""
    bits = BackwardBits(data)
    literal_table, offset_table, match_table = state.tables
    literal_state, offset_state, match_state = (table.start(bits) for table in state.tables)
    for i in range(count):
        offset_code = offset_table.symbols[offset_state]
        match_base, match_bits = _MATCH_LENGTHS[match_table.symbols[match_state]]
        literal_base, literal_bits = _LITERAL_LENGTHS[literal_table.symbols[literal_state]]
        value = (1 << offset_code) + bits.read(offset_code)
        match_length = match_base + bits.read(match_bits)
        literal_length = literal_base + bits.read(literal_bits)
        yield literal_length, _offset(value, literal_length, state.offsets), match_length
        if i < count - 1:
            literal_state = literal_table.following(literal_state, bits)
            match_state = match_table.following(match_state, bits)
            offset_state = offset_table.following(offset_state, bits)
    if bits.left != 0:
        raise ValueError("sequences of another length")


def _offset(value, literal_length, recent):
    """The offset that a value means, which becomes the most recent one."""
    if value > 3:
        offset = value - 3
        recent[:] = [offset, recent[0], recent[1]]
        return offset
    number = value - 1 + (literal_length == 0)
    offset = recent[number] if number < 3 else recent[0] - 1
    if number > 0:
        recent[:] = [offset, recent[0], recent[1] if number > 1 else recent[2]]
    return offset
