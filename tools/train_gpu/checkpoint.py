"""Checkpoints of pith-model train: read and written as model/train/checkpoint.h describes them."""

import ctypes
import ctypes.util
import os
import struct

import numpy as np

MAGIC = b"PITHRUN1"
TYPES = {"u8": np.uint8, "f32": np.float32, "u64": np.uint64}
TAPS = 4


def xxh3_64(data):
    """XXH3-64, by the package xxhash or the C library."""
    try:
        import xxhash

        return xxhash.xxh3_64_intdigest(data)
    except ImportError:
        name = ctypes.util.find_library("xxhash")
        if name is None:
            raise SystemExit("checkpoints need the Python package xxhash, or libxxhash")
        function = ctypes.CDLL(name).XXH3_64bits
        function.restype = ctypes.c_uint64
        function.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
        return function(bytes(data), len(data))


class Checkpoint:
    """numbers: name -> value of the header, as text; mix: list of texts; arrays: name -> numpy array."""

    def __init__(self, path):
        with open(path, "rb") as file:
            data = file.read()
        if data[:8] != MAGIC:
            raise SystemExit(f"{path}: not a checkpoint of a training run")
        if struct.unpack("<Q", data[-8:])[0] != xxh3_64(data[:-8]):
            raise SystemExit(f"{path}: damaged: wrong checksum")
        size = struct.unpack("<Q", data[8:16])[0]
        self.header, self.numbers, self.arrays, shapes = [], {}, {}, []
        for line in data[16 : 16 + size].decode().splitlines():
            name, _, value = line.partition(" ")
            if name == "array":
                shapes.append(value.split())
            elif name:
                self.header.append(name)
                if name == "mix":
                    self.numbers.setdefault("mix", []).append(value)
                else:
                    self.numbers[name] = value
        at = 16 + size
        for name, kind, count in shapes:
            array = np.frombuffer(data, TYPES[kind], int(count), at)
            self.arrays[name] = array.copy()
            at += (array.nbytes + 7) // 8 * 8

    def whole(self, name):
        return int(self.numbers[name])

    def real(self, name):
        return float(self.numbers[name])

    def write(self, path):
        """Replaces the file in one step; the one before stays as PATH.previous."""
        lines, mix = [], iter(self.numbers.get("mix", []))
        for name in self.header:
            lines.append(f"{name} {next(mix) if name == 'mix' else self.numbers[name]}")
        kinds = {np.dtype(kind): name for name, kind in TYPES.items()}
        for name, array in self.arrays.items():
            lines.append(f"array {name} {kinds[array.dtype]} {array.size}")
        header = ("\n".join(lines) + "\n").encode()
        header += b"\n" * (-len(header) % 8)
        parts = [MAGIC, struct.pack("<Q", len(header)), header]
        for array in self.arrays.values():
            parts += [array.tobytes(), b"\0" * (-array.nbytes % 8)]
        content = b"".join(parts)
        temporary = path + ".writing"
        with open(temporary, "wb") as file:
            file.write(content)
            file.write(struct.pack("<Q", xxh3_64(content)))
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(path):
            previous = path + ".previous"
            if os.path.exists(previous):
                os.unlink(previous)
            os.link(path, previous)
        os.replace(temporary, path)

    def token_lengths(self):
        """Bytes of each token, from the vocabulary file (docs/vocabulary.md)."""
        file = self.arrays["vocabulary"].tobytes()
        count = struct.unpack("<I", file[9:13])[0]
        lengths, at = [], 13
        for _ in range(count):
            shared, added = file[at], file[at + 1]
            lengths.append(shared + added)
            at += 2 + added
        return np.array(lengths, np.int64)

    def layout(self):
        """(name, kind, rows, columns, parts) of each parameter, as make_layout() has them."""
        n = self.whole
        v, d, e, c, f = n("vocabulary"), n("width"), n("recurrence_width"), n("head_width"), n("feed_forward")
        w, classes = n("ngram_width"), len(self.numbers["class_begin"].split()) - 1
        rows = [("embedding", "embedding", v, d, 1)]
        if n("ngram_rows"):
            rows += [(name, "embedding", n("ngram_rows"), w, 1) for name in ("ngram2", "ngram3")]
            rows.append(("ngram_project", "matrix", d, 2 * w, 1))
        for i, kind in enumerate(self.numbers["blocks"]):
            block = f"block{i}."
            if kind == "r":
                rows += [
                    (block + "in", "matrix", 3 * e, d, 3),
                    (block + "out", "matrix", d, e, 1),
                    (block + "taps", "vector", TAPS, 2 * e, 1),
                    (block + "bias", "vector", 1, e, 1),
                    (block + "gain", "vector", 1, e, 1),
                ]
            else:
                projections = n("heads") + 2 * n("kv_heads")
                rows += [
                    (block + "in", "matrix", projections * c, d, projections),
                    (block + "out", "matrix", d, n("heads") * c, 1),
                ]
            rows += [(block + "up", "matrix", f, d, 1), (block + "down", "matrix", d, f, 1)]
        return rows + [
            ("class_rows", "output", classes, d, 1),
            ("class_bias", "vector", 1, classes, 1),
            ("token_rows", "output", v, d, 1),
            ("token_bias", "vector", 1, v, 1),
        ]
