"""What contexts are made of: features of the bytes so far (docs/format.md section 6.5)."""

NAMES = (
    "None Byte1 Bytes2 Bytes3 Bytes4 Bytes5 Bytes6 Word Word1 Word2 Gap Indirect1 Indirect2 "
    "Skip1 Skip2 Skip3 Column Above Above2 LineStart Field Record1 Record2 Record3"
).split()
_MASK32, _MASK64 = 2**32 - 1, 2**64 - 1
_K64 = 0x9E3779B97F4A7C15
_SEPARATORS = b" ,\t;|:"
_NEW_LINE = 10


class History:
    """The bytes so far and their features.

    values: by name, u32.  data: the bytes.  last8: the last eight as a number, the newest lowest.
    """

    def __init__(self, with_records):
        self.values = dict.fromkeys(NAMES, 0)
        self.data = bytearray()
        self.last8 = 0
        self._after1 = [0] * 256
        self._after2 = {}  # by the two bytes; what is not there is 0
        self._line = 0  # where this line starts
        self._line_before = 0
        self._records = RecordLength() if with_records else None

    def append(self, byte):
        v = self.values
        two_before = self.last8 & 0xFFFF
        self.last8 = (self.last8 << 8 | byte) & _MASK64
        self.data.append(byte)
        last8 = self.last8
        v["Byte1"] = byte
        v["Bytes2"] = last8 & 0xFFFF
        v["Bytes3"] = last8 & 0xFFFFFF
        v["Bytes4"] = last8 & _MASK32
        v["Bytes5"] = ((last8 & (1 << 40) - 1) * _K64 & _MASK64) >> 32
        v["Bytes6"] = ((last8 & (1 << 48) - 1) * _K64 & _MASK64) >> 32
        v["Skip1"] = last8 >> 8 & 0xFF
        v["Skip2"] = last8 >> 8 & 0xFFFF
        v["Skip3"] = last8 >> 16 & 0xFFFF
        self._take_word(byte)
        self._take_indirect(byte, two_before)
        self._take_line(byte)
        if self._records:
            self._take_record(byte)

    def _take_word(self, byte):
        v = self.values
        capital = 65 <= byte <= 90
        if capital or 97 <= byte <= 122 or byte >= 128:
            w = (v["Word"] + byte + (32 if capital else 0) + 1) * 0x2F0B4C47 & _MASK32
            v["Word"] = w ^ w >> 15
            v["Gap"] = 0
            return
        if v["Word"] != 0:
            v["Word2"] = v["Word1"]
            v["Word1"] = v["Word"]
        v["Word"] = 0
        v["Gap"] = (v["Gap"] + byte + 1) * 0x3D4D51CB & _MASK32

    def _take_indirect(self, byte, two_before):
        one_before = two_before & 0xFF
        self._after1[one_before] = (self._after1[one_before] << 8 | byte) & 0xFFFF
        self.values["Indirect1"] = self._after1[byte]
        self._after2[two_before] = (self._after2.get(two_before, 0) << 8 | byte) & 0xFFFF
        self.values["Indirect2"] = self._after2.get(self.values["Bytes2"], 0)

    def _take_line(self, byte):
        v = self.values
        position = len(self.data)
        if byte == _NEW_LINE:
            self._line_before, self._line = self._line, position
            v["LineStart"] = v["Field"] = 0
        else:
            if v["Field"] == 0:
                v["LineStart"] = (v["LineStart"] + byte + 1) * 0x2F0B4C47 & _MASK32
            v["Field"] += byte in _SEPARATORS
        column = position - self._line
        q = self._line_before + column
        v["Column"] = min(column, 255)
        v["Above"] = self.data[q] if q < self._line else 0
        v["Above2"] = 0
        if q + 1 < self._line:
            v["Above2"] = self.data[q] + 256 * self.data[q + 1] + 65536

    def _take_record(self, byte):
        v = self.values
        position = len(self.data)
        length = self._records.after(byte, position)
        b1 = self.data[position - length] if 0 < length <= position else 0
        b2 = self.data[position - 2 * length] if 0 < 2 * length <= position else 0
        r = position % length if length else 0
        v["Record1"] = b1 + 256 * length
        v["Record2"] = b1 + 256 * b2 + 65536 * r
        v["Record3"] = b1 + 256 * byte + 65536 * r


class RecordLength:
    """The length of records, by a vote of bytes that come back at equal distances."""

    def __init__(self):
        self._length = 0
        self._candidate = 0
        self._votes = 0
        self._last = [0] * 256  # positions behind the last occurrence
        self._gaps = [0] * 256

    def after(self, byte, position):
        """The record length after the byte; position: behind it."""
        gap = position - self._last[byte]
        votes = 2 <= gap <= 4096 and gap == self._gaps[byte]
        self._last[byte] = position
        self._gaps[byte] = gap
        if votes:
            self._vote(gap)
        return self._length

    def _vote(self, gap):
        if self._votes == 0:
            self._candidate = gap
        if gap != self._candidate:
            self._votes -= 1
            return
        self._votes = min(self._votes + 1, 64)
        if self._votes >= 12:
            self._length = self._candidate
