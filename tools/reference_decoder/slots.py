"""The tables of bit histories (docs/format.md section 6.6)."""

STATES = 15  # of a slot: the decisions of a group of four
_MASK32 = 2**32 - 1


def group_hash(context_hash, at):
    """Of a context for a later group of a byte's decisions. at: the node (6.2) of its first one."""
    return (context_hash + (at + 1) * 0x9E3779B1) * 0x85EBCA6B & _MASK32


class Slot:
    """The states of a group's decisions after one context. Those of whole bytes have a run."""

    __slots__ = ("check", "run_byte", "run_count", "states")

    def __init__(self):
        self.check = 0
        self.run_byte = 0
        self.run_count = 0
        self.states = [0] * STATES


class SlotTable:
    """Lines of slots, all zeros at first: a line is made when it is first looked at."""

    def __init__(self, lines, slots_per_line):
        self._count = lines
        self._slots_per_line = slots_per_line
        self._lines = {}

    def find(self, line_hash, check):
        number = line_hash * self._count >> 32
        line = self._lines.get(number)
        if line is None:
            line = self._lines[number] = [Slot() for _ in range(self._slots_per_line)]
        for slot in line:
            if slot.check == check:
                return slot
        slot = min(line, key=lambda slot: slot.states[0])  # the first of equals
        slot.check = check
        slot.states[:] = bytes(STATES)
        return slot


class Slots:
    """The two tables of a block: for the first group of a byte, and for the others."""

    def __init__(self, raw_size, contexts, table_bytes_max):
        lines = min(raw_size * contexts // 4 + 64, table_bytes_max // 128)
        self._byte_lines = SlotTable(lines, 3)
        self._nibble_lines = SlotTable(lines, 4)

    def find_first(self, context_hash):
        check = (context_hash * 0x9E3779B1 & _MASK32) >> 16 | 1
        return self._byte_lines.find(context_hash, check)

    def find_later(self, context_hash, at):
        """at: the node (6.2) of the group's first decision."""
        h = group_hash(context_hash, at)
        check = (h * 0x9E3779B1 & _MASK32) >> 20 & 255
        return self._nibble_lines.find(h, check or 1)
