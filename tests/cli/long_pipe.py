"""Sends data through pith and back, in pipes alone, and looks at how much memory that takes.

    long_pipe.py              some data, through a slow writer and a slow reader
    long_pipe.py MEBIBYTES    that much; prints what it took

With pith in PATH. The data is made as it goes: text, zeros, noise, long repeats. What comes back must be what was sent,
and no process may take more than what pith --info says of level 1, and some for the program itself, whatever the length.
"""

import hashlib
import json
import os
import random
import subprocess
import sys
import threading
import time

MIB = 1 << 20
PROGRAM = 40  # MiB: its code, the priors it reads in place, buffers
generator = random.Random(5)
WORDS = [bytes(generator.choices(b"abcdefghijklmnopqrstuvwxyz", k=generator.randint(1, 9))) for _ in range(3000)]
PAGE = b" ".join(generator.choices(WORDS, k=20000))


def pieces(total):
    """Mebibytes of one kind after another; most of them are quick to compress."""
    for number in range(total):
        kind = number // 5 % 16  # a block of level 1 holds 5 MiB
        if kind == 0:
            text = b" ".join(generator.choices(WORDS, k=250000))
            yield text[:MIB].ljust(MIB)
        elif kind < 8:
            yield bytes(MIB)
        elif kind < 15:
            yield generator.randbytes(MIB)
        else:
            yield (PAGE * (MIB // len(PAGE) + 1))[:MIB]


def feed(stream, chunks, pause, digest):
    for chunk in chunks:
        digest.update(chunk)
        stream.write(chunk)
        if pause:
            stream.flush()
            time.sleep(pause)
    stream.close()


def through(chunks, pause, step):
    """What came back: whether it is what was sent, bytes, the statuses, and the most memory of each process in MiB."""
    there = subprocess.Popen(["pith", "-1", "-T1", "-c"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    back = subprocess.Popen(["pith", "-dc", "-T1"], stdin=there.stdout, stdout=subprocess.PIPE)
    there.stdout.close()
    sent, received = hashlib.sha256(), hashlib.sha256()
    writer = threading.Thread(target=feed, args=(there.stdin, chunks, pause, sent))
    writer.start()
    size = 0
    while data := back.stdout.read(step):
        received.update(data)
        size += len(data)
        if pause:
            time.sleep(pause)
    writer.join()
    memory, statuses = [], []
    for process in (there, back):
        _, status, usage = os.wait4(process.pid, 0)
        statuses.append(status)
        memory.append(usage.ru_maxrss / 1024)
    return sent.digest() == received.digest(), size, statuses, memory


if len(sys.argv) > 1:
    mebibytes = int(sys.argv[1])
    begun = time.monotonic()
    same, size, statuses, memory = through(pieces(mebibytes), 0, MIB)
    whole = same and size == mebibytes * MIB and statuses == [0, 0]
    level = json.loads(subprocess.run(["pith", "--info", "--json"], stdout=subprocess.PIPE).stdout)["levels"][0]
    limits = [level[f"{side}_memory_bytes"] / MIB + PROGRAM for side in ("encoder", "decoder")]
    constant = memory[0] <= limits[0] and memory[1] <= limits[1]
    print(f"pipe: {mebibytes} MiB there and back in {time.monotonic() - begun:.0f} s, at most {memory[0]:.0f} and "
          f"{memory[1]:.0f} MiB of memory, {(not whole) + (not constant)} failures")
    sys.exit(not (whole and constant))
for chunk_size, size, step in ((700, 70000, 4096), (1, 300, 4096), (3000, 3000, 1)):
    chunks = [PAGE[at:at + chunk_size] for at in range(0, size, chunk_size)]
    same, received, statuses, _ = through(chunks, 0.0005, step)
    print("same" if same and received == size else "different", statuses)
