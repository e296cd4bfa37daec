"""Byte codes: a byte as binary decisions (docs/format.md section 6.2)."""


class ByteCode:
    """A complete prefix code of the 256 bytes.

    paths[byte]      its decisions, a string of "0" and "1"
    children[node]   for a decision's node, what each outcome leads to: a node from 1 on, or ~byte
    """

    def __init__(self, order, lengths):
        self.order = order
        self.paths = [""] * 256
        one = 1 << max(lengths)  # in units of the longest code's last bit
        total = 0
        for byte, length in zip(order, lengths):
            self.paths[byte] = format(total * (1 << length) // one, f"0{length}b")
            total += one >> length
        assert total == one
        self._number_nodes()

    def _number_nodes(self):
        byte_of = {path: byte for byte, path in enumerate(self.paths)}
        prefixes = {path[:depth] for path in self.paths for depth in range(len(path))}
        nodes = sorted(prefixes, key=lambda prefix: (len(prefix), prefix))
        number = {prefix: i for i, prefix in enumerate(nodes)}
        self.children = [
            tuple(number[p] if p in number else ~byte_of[p] for p in (prefix + "0", prefix + "1"))
            for prefix in nodes
        ]


# Section 6.2, the table for the kinds text and structured.
_TEXT_CLASSES = [
    ([*range(9), 11, 12, *range(14, 32), 127], [11] * 10 + [10, 10] + [11] * 18),
    ([9, 10, 13, 32], [6, 6, 6, 4]),
    (
        [*range(33, 48), *range(58, 65), *range(91, 97), *range(123, 127)],
        [8, 8, 10, 11, 11, 9, 8, 7, 8, 9, 9, 6, 7, 7, 7, 7]
        + [8, 8, 8, 9, 10, 10, 7, 8, 8, 9, 9, 9, 9, 8, 9, 9],
    ),
    (range(48, 58), [5, 6, 6, 6, 7, 7, 7, 7, 7, 7]),
    (
        range(65, 91),
        [8, 8, 8, 8, 9, 9, 9, 9, 8, 10, 10, 9, 8, 9, 9, 8, 9, 9, 8, 8, 9, 9, 9, 10, 11, 11],
    ),
    (
        range(128, 160),
        [9, 10, 10, 10, 11, 11, 11, 11, 11, 12, 12, 11, 11, 11, 12, 12]
        + [12, 12, 12, 12, 11, 11, 12, 12, 11, 10, 11, 11, 10, 10, 12, 12],
    ),
    (
        range(160, 192),
        [11, 11, 12, 12, 10, 11, 11, 10, 11, 11, 11, 11, 11, 11, 11, 11]
        + [10, 11, 11, 11, 11, 11, 12, 12, 10, 11, 11, 11, 11, 10, 10, 11],
    ),
    (
        range(192, 224),
        [13, 13, 12, 9, 11, 11, 14, 14, 13, 13, 14, 14, 13, 13, 13, 13]
        + [8, 9, 13, 13, 13, 13, 12, 12, 10, 10, 12, 12, 13, 13, 13, 13],
    ),
    (
        range(224, 256),
        [10, 10, 9, 9, 10, 10, 10, 11, 11, 11, 12, 12, 12, 12, 12, 12] + [13] * 16,
    ),
    ([97, 101, 105, 111, 117, 121], [4, 4, 4, 5, 6, 6]),
    (
        [c for c in range(97, 123) if c not in b"aeiouy"],
        [7, 7, 6, 7, 7, 7, 8, 8, 6, 6, 5, 7, 7, 6, 5, 5, 6, 7, 8, 8],
    ),
]

PLAIN_CODE = ByteCode(list(range(256)), [8] * 256)
TEXT_CODE = ByteCode(
    [byte for order, _ in _TEXT_CLASSES for byte in order],
    [length for _, lengths in _TEXT_CLASSES for length in lengths],
)
