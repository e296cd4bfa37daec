"""Training texts in tokens, and the order in which streams read them: as model/train/packed_text.h and sampler.h."""

import struct

import numpy as np

MAGIC = 0x316B636170687470
MASK = (1 << 64) - 1


class PackedText:
    def __init__(self, path):
        data = np.memmap(path, np.uint8, "r")
        magic, _, files, documents, tokens = struct.unpack("<5Q", data[:40].tobytes())
        if magic != MAGIC:
            raise SystemExit(f"{path}: not a packed text")
        at, self.names = 40, []
        for _ in range(files):
            end = at
            while data[end]:
                end += 1
            self.names.append(data[at:end].tobytes().decode())
            at = end + 1
        at = (at + 7) // 8 * 8
        kind = np.dtype([("begin", "<u8"), ("count", "<u4"), ("file", "<u4")])
        self.documents = np.frombuffer(data, kind, documents, at)
        self.tokens = np.frombuffer(data, "<u2", tokens, at + documents * kind.itemsize)


class Random:
    """SplitMix64."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & MASK
        return z ^ z >> 31


def file_weights(text, power, mix):
    counts = np.zeros(len(text.names))
    np.add.at(counts, text.documents["file"], text.documents["count"])
    weights = counts**power
    weights /= weights.sum()
    for line in mix:
        name, weight = line.rsplit(None, 1)
        for i, other in enumerate(text.names):
            if other == name.strip():
                weights[i] = np.float32(weight)
    return weights


class Sampler:
    def __init__(self, text, weights, segment, streams, seed, state):
        """state: as a checkpoint keeps it."""
        self.tokens, self.weights, self.seed = text.tokens, weights, seed
        self.segments = [[] for _ in text.names]
        for document in text.documents:
            begin, count = int(document["begin"]), int(document["count"])
            parts = (count + segment - 1) // segment
            edges = [count * part // parts for part in range(parts + 1)]
            self.segments[document["file"]] += [(begin + a, b - a) for a, b in zip(edges, edges[1:])]
        state = [int(number) for number in state]
        files = len(text.names)
        if len(state) != 3 * (files + streams):
            raise SystemExit("the checkpoint was made with other texts or another number of streams")
        self.files = [state[3 * i : 3 * i + 3] for i in range(files)]  # round, next, taken
        self.places = [state[3 * i : 3 * i + 3] for i in range(files, files + streams)]  # begin, count, at
        self.orders = [self.shuffled(i) for i in range(files)]

    def state(self):
        return np.array([number for row in self.files + self.places for number in row], np.uint64)

    def shuffled(self, file):
        order = list(range(len(self.segments[file])))
        random = Random((self.seed ^ (file + 1) << 40 ^ self.files[file][0] << 8) & MASK)
        for i in range(len(order), 1, -1):
            j = random.next() % i
            order[i - 1], order[j] = order[j], order[i - 1]
        return order

    def next_segment(self):
        usable = [i for i, s in enumerate(self.segments) if s and self.weights[i] > 0]
        chosen = min(usable, key=lambda i: self.files[i][2] / self.weights[i])
        file = self.files[chosen]
        if file[1] == len(self.orders[chosen]):
            file[0] += 1
            file[1] = 0
            self.orders[chosen] = self.shuffled(chosen)
        begin, count = self.segments[chosen][self.orders[chosen][file[1]]]
        file[1] += 1
        file[2] += count
        return [begin, count, 0]

    def batch(self, steps):
        """input, input2, input3, target, since: [streams][steps] int64."""
        out = np.zeros((5, len(self.places), steps), np.int64)
        for s in range(len(self.places)):
            filled = 0
            while filled < steps:
                if self.places[s][2] == self.places[s][1]:
                    self.places[s] = self.next_segment()
                begin, count, at = self.places[s]
                size = min(count - at, steps - filled)
                here = slice(filled, filled + size)
                out[3, s, here] = self.tokens[begin + at : begin + at + size]
                since = np.arange(at, at + size)
                out[4, s, here] = since
                for back in (1, 2, 3):
                    known = since >= back
                    places = np.where(known, begin + since - back, begin)
                    out[back - 1, s, here] = np.where(known, self.tokens[places], 0)
                self.places[s][2] += size
                filled += size
        return out
