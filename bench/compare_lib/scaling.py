"""How much faster pith is with more threads: paired runs, median of the ratios."""
import os
import sys
import tempfile
from statistics import median

from compare_lib import child, measure

DEFAULT_SIZE = 40_000_000


def make_input(files, size, path):
    """Fills path with size bytes of the files, over and over."""
    left = size
    with open(path, "wb") as out:
        while left > 0:
            before = left
            for name in files:
                with open(name, "rb") as source:
                    data = source.read(left)
                out.write(data)
                left -= len(data)
            if left == before:
                raise ValueError("the given files are empty")


def scale(tool, files, threads, size, repeat, timeout_s, log=sys.stderr):
    """Rows of threads, seconds and ratios to one thread, both directions. Elapsed time is what counts.

    Raises RoundTripFailed if a round trip fails or the number of threads changes a byte.
    """
    child.become_subreaper()
    counts = [1] + [n for n in threads if n != 1]
    seconds = {(n, d): [] for n in counts for d in ("compress", "decompress")}
    with tempfile.TemporaryDirectory(prefix="compare-in-") as folder:
        path = os.path.join(folder, "input")
        make_input(files, size, path)
        for turn in range(repeat):
            digests = {}
            order = counts if turn % 2 == 0 else counts[::-1]
            for count in order:
                trip = measure.round_trip(tool, path, count, timeout_s)
                seconds[count, "compress"].append(trip.compress.wall_s)
                seconds[count, "decompress"].append(trip.decompress.wall_s)
                digests[count] = trip.digest
            if len(set(digests.values())) != 1:
                raise measure.RoundTripFailed("THE NUMBER OF THREADS CHANGED THE OUTPUT")
            print(f"repeat {turn + 1} of {repeat} done", file=log)

    def ratio(count, direction):
        pairs = zip(seconds[1, direction], seconds[count, direction])
        return median(one / more for one, more in pairs)

    rows = [["threads", "compress s", "decompress s", "x compress", "x decompress"]]
    for count in counts:
        rows.append([f"-T{count}", f"{median(seconds[count, 'compress']):.2f}",
                     f"{median(seconds[count, 'decompress']):.2f}", f"{ratio(count, 'compress'):.2f}",
                     f"{ratio(count, 'decompress'):.2f}"])
    return rows
