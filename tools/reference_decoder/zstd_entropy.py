"""The entropy codes of Zstandard: FSE and Huffman (RFC 8878 section 4)."""


class BackwardBits:
    """A bit stream that is read from its end: behind its last set bit, highest bits first.

    Bits before its start are zeros; `left` is negative once some were read.
    """

    _PAD = 16  # bytes in front, so that reads beyond the start need no care

    def __init__(self, data):
        if not data or data[-1] == 0:
            raise ValueError("a bit stream without an end mark")
        self._data = bytes(self._PAD) + data
        self.left = 8 * len(data) - (8 - data[-1].bit_length()) - 1

    def peek(self, count):
        at = self.left - count + 8 * self._PAD
        if at < 0:
            raise ValueError("a bit stream that is too short")
        window = int.from_bytes(self._data[at >> 3 : (at >> 3) + 8], "little")
        return window >> (at & 7) & (1 << count) - 1

    def read(self, count):
        value = self.peek(count)
        self.left -= count
        return value


class FseTable:
    """States by number: symbols[state], and how the next state is read."""

    def __init__(self, counts, accuracy):
        size = 1 << accuracy
        self.accuracy = accuracy
        self.symbols = [0] * size
        high = size
        for symbol, count in enumerate(counts):
            if count == -1:
                high -= 1
                self.symbols[high] = symbol
        place = 0
        for symbol, count in enumerate(counts):
            for _ in range(count):
                self.symbols[place] = symbol
                place = place + (size >> 1) + (size >> 3) + 3 & size - 1
                while place >= high:
                    place = place + (size >> 1) + (size >> 3) + 3 & size - 1
        following = [abs(count) for count in counts]
        self._next = []  # (bits to read, what to add)
        for symbol in self.symbols:
            bits = accuracy - (following[symbol].bit_length() - 1)
            self._next.append((bits, (following[symbol] << bits) - size))
            following[symbol] += 1

    @classmethod
    def of_one(cls, symbol):
        """The table that says one symbol and reads no bits."""
        table = cls([1], 0)
        table.symbols = [symbol]
        return table

    def start(self, bits):
        return bits.read(self.accuracy)

    def following(self, state, bits):
        count, base = self._next[state]
        return base + bits.read(count)


def read_fse_table(data, accuracy_max):
    """(table, bytes read) of a table description."""
    stream = int.from_bytes(data[:512], "little")
    accuracy = (stream & 15) + 5
    if accuracy > accuracy_max:
        raise ValueError("an FSE table that is too large")
    at = 4
    remaining = 1 << accuracy
    counts = []
    while remaining > 0:
        bits = (remaining + 1).bit_length()
        value = stream >> at & (1 << bits) - 1
        low = (1 << bits - 1) - 1
        spare = (1 << bits) - 1 - (remaining + 1)
        if value & low < spare:
            value &= low
            bits -= 1
        elif value > low:
            value -= spare
        at += bits
        counts.append(value - 1)
        remaining -= abs(value - 1)
        if value - 1 == 0:
            repeat = 3
            while repeat == 3:
                repeat = stream >> at & 3
                at += 2
                counts += [0] * repeat
    size = (at + 7) // 8
    if remaining < 0 or size > len(data) or len(counts) > 256:
        raise ValueError("a bad FSE table")
    return FseTable(counts, accuracy), size


class HuffmanTable:
    """By the next `bits` bits of a stream: (symbol, length of its code)."""

    def __init__(self, weights):
        total = sum(1 << w - 1 for w in weights if w)
        self.bits = total.bit_length()
        rest = (1 << self.bits) - total
        if total == 0 or rest & rest - 1 or self.bits > 11:
            raise ValueError("bad Huffman weights")
        weights = weights + [rest.bit_length()]
        self._entries = []
        for weight in range(1, self.bits + 1):
            for symbol, w in enumerate(weights):
                if w == weight:
                    self._entries += [(symbol, self.bits + 1 - weight)] * (1 << weight - 1)

    def decode(self, data, size):
        bits = BackwardBits(data)
        result = bytearray()
        for _ in range(size):
            symbol, length = self._entries[bits.peek(self.bits)]
            bits.left -= length
            result.append(symbol)
        if bits.left != 0:
            raise ValueError("a Huffman stream of another length")
        return result


def read_huffman_table(data):
    """(table, bytes read) of a table description."""
    head = data[0]
    if head >= 128:
        count = head - 127
        size = 1 + (count + 1) // 2
        nibbles = [n for byte in data[1:size] for n in (byte >> 4, byte & 15)]
        return HuffmanTable(nibbles[:count]), size
    table, used = read_fse_table(data[1 : 1 + head], 6)
    bits = BackwardBits(data[1 + used : 1 + head])
    states = [table.start(bits), table.start(bits)]
    weights = []
    turn = 0
    while bits.left >= 0:
        weights.append(table.symbols[states[turn]])
        states[turn] = table.following(states[turn], bits)
        turn ^= 1
        if len(weights) > 255:
            raise ValueError("too many Huffman weights")
    weights.append(table.symbols[states[turn]])
    return HuffmanTable(weights), 1 + head
