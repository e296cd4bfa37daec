"""The memory a block's decoding is said to need (docs/format.md section 7). This decoder needs
another amount; it computes pith's to refuse what pith refuses."""

from block_header import NEURAL, NGRAM, ZSTD
from start_values import SET_ROWS, SHAPES

_FIXED = 16_384
_MIXERS = {5: 2 * 1_047_552, 7: 2 * 2_026_240}
WITH_COUNTERS = 7  # level
_START = {1: 2 * 18_720, 2: 2 * 23_648, 3: 2 * 79_648, 4: 2 * 81_056}


def need(header):
    """Bytes, for a BlockHeader."""
    own = header.raw_size + header.coded_size + _FIXED
    if header.method == ZSTD:
        return own + 131_072
    if header.method == NGRAM:
        level = min(header.level, 4)
        return own + _tables(level, header.raw_size) + _START[level]
    if header.method == NEURAL:
        mixers = _MIXERS[header.level]
        working = _tables(4, header.raw_size) + 4_096 + 8_650_752 + mixers
        if header.level == WITH_COUNTERS:
            working += 6 * 64 << min(max((header.raw_size - 1).bit_length() - 1, 8), 18)
        working = (working + 63) // 64 * 64
        return own + working + header.raw_size + 5_824_512 + mixers + _START[4]
    return own


def _tables(level, raw_size):
    shape = SHAPES[level]
    lines = min(raw_size * shape.contexts // 4 + 64, shape.table_bytes // 128)
    match_bits = min(max((raw_size - 1).bit_length(), 8), 20)
    map_bits = min(max((raw_size // 2 - 1).bit_length(), 9), 17)
    weights = 2 * sum(SET_ROWS[: shape.sets]) * shape.inputs
    maps = 64 * shape.maps << map_bits
    return 128 * lines + (8 << match_bits) + maps + weights + 196_608
