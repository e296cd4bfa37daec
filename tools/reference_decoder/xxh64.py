"""XXH64 with seed 0: the checksum that frames of Zstandard may have."""

P1, P2, P3 = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
P4, P5 = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5
MASK = 2**64 - 1


def xxh64(data):
    size = len(data)
    at = 0
    h = P5
    if size >= 32:
        lanes = [P1 + P2 & MASK, P2, 0, -P1 & MASK]
        while size - at >= 32:
            for i in range(4):
                lanes[i] = _round(lanes[i], _number(data, at + 8 * i, 8))
            at += 32
        h = sum(_rotate(lane, bits) for lane, bits in zip(lanes, (1, 7, 12, 18)))
        for lane in lanes:
            h = ((h ^ _round(0, lane)) * P1 + P4) & MASK
    h = h + size & MASK
    while size - at >= 8:
        h = _rotate(h ^ _round(0, _number(data, at, 8)), 27) * P1 + P4 & MASK
        at += 8
    if size - at >= 4:
        h = _rotate((h ^ _number(data, at, 4) * P1) & MASK, 23) * P2 + P3 & MASK
        at += 4
    for byte in data[at:]:
        h = _rotate((h ^ byte * P5) & MASK, 11) * P1 & MASK
    h = (h ^ h >> 33) * P2 & MASK
    h = (h ^ h >> 29) * P3 & MASK
    return h ^ h >> 32


def _round(lane, value):
    return _rotate(lane + value * P2 & MASK, 31) * P1 & MASK


def _rotate(x, bits):
    return (x << bits | x >> 64 - bits) & MASK


def _number(data, at, size):
    return int.from_bytes(data[at : at + size], "little")
