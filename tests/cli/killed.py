"""Kills pith at random instants and looks at what is left.

    killed.py             some times; prints problems
    killed.py ATTEMPTS    so many times; prints problems and how many there were

In an empty directory, with pith in PATH.
"""

import os
import random
import signal
import subprocess
import sys
import time

OLD = b"the old file"
SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
generator = random.Random(3)
text = b"".join(b"%d %d\n" % (i, i * i * 7919 % 10007) for i in range(8000))


def write(name, data):
    with open(name, "wb") as file:
        file.write(data)


def read(name):
    with open(name, "rb") as file:
        return file.read()


def raw_of(name):
    """What is in a file, compressed or not."""
    if not name.endswith(".pith"):
        return read(name)
    return subprocess.run(["pith", "-dc", name], stdout=subprocess.PIPE, check=True).stdout


def problems(source, target, number):
    left = [name for name in os.listdir(".") if name not in (source, target)]
    if left and number != signal.SIGKILL:  # nobody can clean up after that
        yield f"left behind: {left}"
    for name in left:
        os.remove(name)
    if not os.path.exists(target):
        yield "the target is gone"
        return
    complete = read(target) != OLD
    if complete and raw_of(target) != text:
        yield "the target is not complete"
    if not os.path.exists(source) and not complete:
        yield "the source is gone without its successor"
    if os.path.exists(source) and raw_of(source) != text:
        yield "the source has changed"


attempts = int(sys.argv[1]) if len(sys.argv) > 1 else 30
write("a", text)
begun = time.monotonic()
subprocess.run(["pith", "-1", "--rm", "-fk", "a"], check=True)
duration = time.monotonic() - begun
packed = read("a.pith")
finished = 0
failures = 0
for attempt in range(attempts):
    # In turn: there, and back.
    source, target, options = ("a", "a.pith", []) if attempt % 2 == 0 else ("a.pith", "a", ["-d"])
    write(source, text if attempt % 2 == 0 else packed)
    write(target, OLD)
    number = generator.choice(SIGNALS)
    process = subprocess.Popen(["pith", "-1", "--rm", "-f", *options, source])
    time.sleep(generator.uniform(0, 2 * duration))
    process.send_signal(number)
    finished += process.wait() == 0
    for problem in problems(source, target, number):
        failures += 1
        print(f"attempt {attempt}, {number.name}: {problem}")
print("some were killed" if finished < attempts else "none was killed")
if len(sys.argv) > 1:
    print(f"kills: {attempts} cases, {failures} failures; {finished} had ended before")
sys.exit(failures != 0)
