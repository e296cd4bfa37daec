"""XXH3-64 and XXH3-128 of xxHash 0.8 with seed 0, from its specification.

The functions differ by length: up to 16 bytes, up to 128, up to 240, and above.
"""

import struct

SECRET = bytes.fromhex(
    "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578"
    "825ad07dccff7221b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b1b532ea3"
    "71644897a20df94e3819ef46a9deacd8a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931"
    "c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
    "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e"
)
P32_1, P32_2, P32_3 = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D
P64_1, P64_2, P64_3 = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
P64_4, P64_5 = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5
MIX_1, MIX_2 = 0x165667919E3779F9, 0x9FB21C651E98DF25
MASK32, MASK64 = 2**32 - 1, 2**64 - 1
STRIPE = 64
STRIPES_PER_BLOCK = 16


def xxh3_64(data):
    """XXH3-64 of data as a number."""
    size = len(data)
    if size > 240:
        return _merge(_accumulate(data), 11, size * P64_1 & MASK64)
    if size > 128:
        return _medium_64(data)
    if size > 16:
        acc = size * P64_1
        for i in range((size - 1) // 32, -1, -1):
            acc += _mix16(data, 16 * i, 32 * i) + _mix16(data, size - 16 * (i + 1), 32 * i + 16)
        return _avalanche(acc & MASK64)
    if size > 8:
        low = _read64(data, 0) ^ _secret64(24) ^ _secret64(32)
        high = _read64(data, size - 8) ^ _secret64(40) ^ _secret64(48)
        return _avalanche((size + _swap(low, 8) + high + _fold(low, high)) & MASK64)
    if size > 3:
        keyed = (_read32(data, size - 4) + (_read32(data, 0) << 32)) ^ _secret64(8) ^ _secret64(16)
        keyed ^= _rotate(keyed, 49, 64) ^ _rotate(keyed, 24, 64)
        keyed = keyed * MIX_2 & MASK64
        keyed = (keyed ^ ((keyed >> 35) + size)) * MIX_2 & MASK64
        return keyed ^ keyed >> 28
    if size > 0:
        return _avalanche_old(_few(data) ^ _read32(SECRET, 0) ^ _read32(SECRET, 4))
    return _avalanche_old(_secret64(56) ^ _secret64(64))


def xxh3_128(data):
    """XXH3-128 of data in its canonical form: 16 bytes, big-endian."""
    low, high = _halves_128(data)
    return struct.pack(">QQ", high, low)


def check32(data):
    """The format's short checksum: the low half of XXH3-64."""
    return xxh3_64(data) & MASK32


def _halves_128(data):
    size = len(data)
    if size > 240:
        lanes = _accumulate(data)
        return (
            _merge(lanes, 11, size * P64_1 & MASK64),
            _merge(lanes, len(SECRET) - 64 - 11, ~(size * P64_2) & MASK64),
        )
    if size > 16:
        return _medium_128(data)
    if size > 8:
        return _short_128(data)
    if size > 3:
        value = _read32(data, 0) + (_read32(data, size - 4) << 32)
        product = (value ^ _secret64(16) ^ _secret64(24)) * (P64_1 + (size << 2))
        low, high = product & MASK64, product >> 64 & MASK64
        high = (high + (low << 1)) & MASK64
        low ^= high >> 3
        low = (low ^ low >> 35) * MIX_2 & MASK64
        return low ^ low >> 28, _avalanche(high)
    if size > 0:
        few = _few(data)
        low = few ^ _read32(SECRET, 0) ^ _read32(SECRET, 4)
        high = _rotate(_swap(few, 4), 13, 32) ^ _read32(SECRET, 8) ^ _read32(SECRET, 12)
        return _avalanche_old(low), _avalanche_old(high)
    return (
        _avalanche_old(_secret64(64) ^ _secret64(72)),
        _avalanche_old(_secret64(80) ^ _secret64(88)),
    )


def _short_128(data):
    """9 to 16 bytes."""
    size = len(data)
    first, last = _read64(data, 0), _read64(data, size - 8)
    product = (first ^ last ^ _secret64(32) ^ _secret64(40)) * P64_1
    low = ((product & MASK64) + ((size - 1) << 54)) & MASK64
    last ^= _secret64(48) ^ _secret64(56)
    high = ((product >> 64) + last + (last & MASK32) * (P32_2 - 1)) & MASK64
    low ^= _swap(high, 8)
    product = low * P64_2
    high = (product >> 64) + high * P64_2
    return _avalanche(product & MASK64), _avalanche(high & MASK64)


def _medium_64(data):
    """129 to 240 bytes."""
    size = len(data)
    acc = size * P64_1 + sum(_mix16(data, 16 * i, 16 * i) for i in range(8))
    acc = _avalanche(acc & MASK64)
    acc += sum(_mix16(data, 16 * i, 16 * (i - 8) + 3) for i in range(8, size // 16))
    return _avalanche((acc + _mix16(data, size - 16, 136 - 17)) & MASK64)


def _medium_128(data):
    """17 to 240 bytes."""
    size = len(data)
    low, high = size * P64_1 & MASK64, 0

    def mix32(first, second, secret):
        nonlocal low, high
        low = low + _mix16(data, first, secret) & MASK64
        low ^= _read64(data, second) + _read64(data, second + 8) & MASK64
        high = high + _mix16(data, second, secret + 16) & MASK64
        high ^= _read64(data, first) + _read64(data, first + 8) & MASK64

    if size <= 128:
        for i in range((size - 1) // 32, -1, -1):
            mix32(16 * i, size - 16 * (i + 1), 32 * i)
    else:
        for at in range(0, 128, 32):
            mix32(at, at + 16, at)
        low, high = _avalanche(low), _avalanche(high)
        for at in range(128, size - 31, 32):
            mix32(at, at + 16, at - 128 + 3)
        mix32(size - 16, size - 32, 136 - 17 - 16)
    total = low * P64_1 + high * P64_4 + size * P64_2
    return _avalanche(low + high & MASK64), -_avalanche(total & MASK64) & MASK64


def _accumulate(data):
    """The eight lanes after all of more than 240 bytes."""
    lanes = [P32_3, P64_1, P64_2, P64_3, P64_4, P32_2, P64_5, P32_1]
    keys = [struct.unpack_from("<8Q", SECRET, 8 * i) for i in range(STRIPES_PER_BLOCK)]
    scramble_key = struct.unpack_from("<8Q", SECRET, len(SECRET) - STRIPE)
    stripes = (len(data) - 1) // STRIPE
    for i in range(stripes):
        _stripe(lanes, struct.unpack_from("<8Q", data, STRIPE * i), keys[i % STRIPES_PER_BLOCK])
        if i % STRIPES_PER_BLOCK == STRIPES_PER_BLOCK - 1:
            lanes = [((v ^ v >> 47) ^ k) * P32_1 & MASK64 for v, k in zip(lanes, scramble_key)]
    last_key = struct.unpack_from("<8Q", SECRET, len(SECRET) - STRIPE - 7)
    _stripe(lanes, struct.unpack_from("<8Q", data, len(data) - STRIPE), last_key)
    return lanes


def _stripe(lanes, values, key):
    for i in range(8):
        keyed = values[i] ^ key[i]
        lanes[i] = lanes[i] + values[i ^ 1] + (keyed & MASK32) * (keyed >> 32) & MASK64


def _merge(lanes, secret, start):
    total = start
    for i in range(0, 8, 2):
        even, odd = _secret64(secret + 8 * i), _secret64(secret + 8 * i + 8)
        total += _fold(lanes[i] ^ even, lanes[i + 1] ^ odd)
    return _avalanche(total & MASK64)


def _few(data):
    """One to three bytes and their number in one."""
    return data[0] << 16 | data[len(data) >> 1] << 24 | data[-1] | len(data) << 8


def _mix16(data, at, secret):
    low = _read64(data, at) ^ _secret64(secret)
    return _fold(low, _read64(data, at + 8) ^ _secret64(secret + 8))


def _fold(a, b):
    product = a * b
    return (product ^ product >> 64) & MASK64


def _avalanche(h):
    h = (h ^ h >> 37) * MIX_1 & MASK64
    return h ^ h >> 32


def _avalanche_old(h):
    h = (h ^ h >> 33) * P64_2 & MASK64
    h = (h ^ h >> 29) * P64_3 & MASK64
    return h ^ h >> 32


def _rotate(x, bits, width):
    return (x << bits | x >> width - bits) & (1 << width) - 1


def _swap(x, size):
    return int.from_bytes(x.to_bytes(size, "little"), "big")


def _read32(data, at):
    return int.from_bytes(data[at : at + 4], "little")


def _read64(data, at):
    return int.from_bytes(data[at : at + 8], "little")


def _secret64(at):
    return _read64(SECRET, at)
