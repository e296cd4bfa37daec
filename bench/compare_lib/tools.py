"""The compressors that are compared: one line each, and how their commands look.

Every command runs in an empty folder that holds the input under the name "raw". It writes "packed", and
decompressing writes "unpacked" (or a folder of that name with "raw" in it).
"""
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import List, Optional

THREADS = "{threads}"  # replaced by the number of threads in a command


@dataclass(frozen=True)
class Command:
    argv: List[str]
    stdout: Optional[str] = None  # file that takes standard output


@dataclass(frozen=True)
class Tool:
    name: str  # as shown: "xz -9e"
    program: str  # what to look for: "xz"
    compress: Command
    decompress: Command
    version_argv: List[str]
    packed: str = "packed"
    unpacked: str = "unpacked"
    level: Optional[int] = None  # of pith, None for a peer
    version: str = field(default="", compare=False)

    @property
    def is_pith(self):
        return self.level is not None


def _filter(name, options, decode_options=("-d", "-c")):
    """A program that writes to standard output with -c. options: those of the name, and others that keep
    it to one thread or its output free of file names."""
    program = name.split()[0]
    return Tool(
        name=name,
        program=program,
        compress=Command([program, *options, "-c", "raw"], "packed"),
        decompress=Command([program, *decode_options, "packed"], "unpacked"),
        version_argv=[program, "--version"],
    )


def _zpaq(level):
    return Tool(
        name=f"zpaq -m{level}",
        program="zpaq",
        compress=Command(["zpaq", "add", "packed.zpaq", "raw", f"-m{level}", "-t" + THREADS]),
        decompress=Command(["zpaq", "extract", "packed.zpaq", "-to", "unpacked", "-t" + THREADS]),
        version_argv=["zpaq"],
        packed="packed.zpaq",
        unpacked="unpacked/raw",
    )


def peers():
    """All peers, installed or not."""
    return [
        _filter("gzip -9", ["-9", "-n"]),
        _filter("bzip2 -9", ["-9"]),
        _filter("xz -9e", ["-9e", "-T" + THREADS], ["-d", "-c", "-T" + THREADS]),
        _filter("zstd -3", ["-3", "--single-thread"]),
        _filter("zstd --ultra -22", ["--ultra", "-22", "--single-thread"]),
        _filter("brotli -q11 -w24", ["-q", "11", "-w", "24"]),
        Tool(  # given a second file name it would overwrite that file, hence -c
            name="bzip3 -b16",
            program="bzip3",
            compress=Command(["bzip3", "-e", "-c", "-b", "16", "raw"], "packed"),
            decompress=Command(["bzip3", "-d", "-c", "packed"], "unpacked"),
            version_argv=["bzip3", "--version"],
        ),
        Tool(
            name="7z PPMd o16 256m",
            program="7z",
            compress=Command(["7z", "a", "-t7z", "-m0=PPMd:o16:mem=256m", "-mmt" + THREADS, "-bd",
                              "-y", "packed.7z", "raw"]),
            decompress=Command(["7z", "x", "-mmt" + THREADS, "-bd", "-y", "-ounpacked",
                                "packed.7z"]),
            version_argv=["7z"],
            packed="packed.7z",
            unpacked="unpacked/raw",
        ),
        Tool(
            name="lrzip -z",
            program="lrzip",
            compress=Command(["lrzip", "-z", "-L9", "-p" + THREADS, "-q", "-o", "packed.lrz", "raw"]),
            decompress=Command(["lrzip", "-d", "-p" + THREADS, "-q", "-o", "unpacked",
                                "packed.lrz"]),
            version_argv=["lrzip", "-V"],
            packed="packed.lrz",
        ),
        _zpaq(3),
        _zpaq(5),
    ]


def pith_level(path, level, extra=()):
    """pith itself; extra: more options for compressing."""
    return Tool(
        name=f"pith -{level}",
        program=path,
        compress=Command([path, f"-{level}", "-T" + THREADS, "--no-verify", "--no-progress", *extra,
                          "-c", "raw"], "packed"),
        decompress=Command([path, "-d", "-T" + THREADS, "--no-progress", "-c", "packed"],
                           "unpacked"),
        version_argv=[path, "--version"],
        level=level,
    )


def installed(tool):
    return shutil.which(tool.program) is not None


def version(tool):
    """First number with a dot in it that the program says of itself, or ""."""
    try:
        result = subprocess.run(tool.version_argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(r"\d+\.\d+(\.\d+)*", result.stdout.decode("utf-8", "replace"))
    return found.group(0) if found else ""


def select(names):
    """Peers by a list such as ["xz", "zpaq -m5"], or ["all"], or ["none"]; ValueError for unknown names."""
    everything = peers()
    if names == ["none"]:
        return []
    if names == ["all"]:
        return everything
    chosen = [tool for tool in everything if tool.name in names or tool.program in names]
    known = {tool.name for tool in everything} | {tool.program for tool in everything}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"no such peer: {', '.join(unknown)}; known: "
                         + ", ".join(tool.name for tool in everything))
    return chosen
