"""Measures tools on files: every round trip is verified byte for byte, repeats are interleaved."""
import hashlib
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from typing import List, Optional

from compare_lib import child
from compare_lib.tools import THREADS

CHUNK = 1 << 20


@dataclass
class Measurement:
    """One tool on one file; one entry a repeat in the lists."""
    tool: str
    file: str
    size: Optional[int] = None  # packed, bytes
    digest: Optional[str] = None  # of the packed file
    compress: List[child.Usage] = field(default_factory=list)
    decompress: List[child.Usage] = field(default_factory=list)
    error: Optional[str] = None  # why this is no measurement


@dataclass(frozen=True)
class RoundTrip:
    size: int  # packed, bytes
    digest: str  # of the packed file
    compress: child.Usage
    decompress: child.Usage


class RoundTripFailed(Exception):
    pass


def same_bytes(first, second):
    if not os.path.isfile(second) or os.path.getsize(first) != os.path.getsize(second):
        return False
    with open(first, "rb") as a, open(second, "rb") as b:
        while True:
            chunk = a.read(CHUNK)
            if chunk != b.read(CHUNK):
                return False
            if not chunk:
                return True


def _argv(command, threads):
    return [word.replace(THREADS, str(threads)) for word in command.argv]


def _digest(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()


def round_trip(tool, path, threads, timeout_s):
    """One compression and decompression of a copy of the file, compared with the file itself."""
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        shutil.copyfile(path, os.path.join(folder, "raw"))
        packing = child.run(_argv(tool.compress, threads), folder, tool.compress.stdout, timeout_s)
        packed = os.path.join(folder, tool.packed)
        if not os.path.isfile(packed):
            raise RoundTripFailed("wrote no compressed file")
        os.unlink(os.path.join(folder, "raw"))  # so that nothing but the packed file can give it back
        unpacking = child.run(_argv(tool.decompress, threads), folder, tool.decompress.stdout, timeout_s)
        if not same_bytes(path, os.path.join(folder, tool.unpacked)):
            raise RoundTripFailed("ROUND TRIP FAILED: decompressed bytes differ from the input")
        return RoundTrip(os.path.getsize(packed), _digest(packed), packing, unpacking)


def measure(tools, files, repeat, threads, timeout_s, log=sys.stderr):
    """All tools on all files, repeat times over; the whole list each time, begun at another tool, so that
    a machine that gets slower or faster meanwhile favours none.

    files: pairs of shown name and path. A tool that failed on a file is not run on it again.
    """
    results = {(tool.name, name): Measurement(tool.name, name) for tool in tools for name, _ in files}
    child.become_subreaper()
    for turn in range(repeat):
        start = turn * len(tools) // repeat
        for name, path in files:
            for tool in tools[start:] + tools[:start]:
                _measure_once(tool, path, results[tool.name, name], threads, timeout_s, log)
        print(f"repeat {turn + 1} of {repeat} done", file=log)
    return list(results.values())


def _measure_once(tool, path, result, threads, timeout_s, log):
    if result.error is not None:
        return
    try:
        trip = round_trip(tool, path, threads, timeout_s)
        if tool.is_pith and result.digest not in (None, trip.digest):
            raise RoundTripFailed("NOT DETERMINISTIC: two runs gave different files")
    except (child.CommandFailed, RoundTripFailed) as error:
        result.error = str(error)
        print(f"FAILED: {tool.name} on {result.file}: {error}", file=log)
        return
    result.size = trip.size
    result.digest = trip.digest
    result.compress.append(trip.compress)
    result.decompress.append(trip.decompress)
