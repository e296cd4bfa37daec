"""Kills pith at random instants and looks at what is left."""

import os
import random
import signal
import subprocess
import time

OLD = b"the old file"
generator = random.Random(3)
text = b"".join(b"%d %d\n" % (i, i * i * 7919 % 10007) for i in range(8000))


def write(name, data):
    with open(name, "wb") as file:
        file.write(data)


def read(name):
    with open(name, "rb") as file:
        return file.read()


def decompressed(name):
    return subprocess.run(["pith", "-dc", name], stdout=subprocess.PIPE, check=True).stdout


def problems(number):
    left = [name for name in os.listdir(".") if name not in ("a", "a.pith")]
    if left and number != signal.SIGKILL:  # nobody can clean up after that
        yield f"left behind: {left}"
    for name in left:
        os.remove(name)
    if not os.path.exists("a.pith"):
        yield "the target is gone"
        return
    complete = read("a.pith") != OLD
    if complete and decompressed("a.pith") != text:
        yield "the target is not complete"
    if not os.path.exists("a") and not complete:
        yield "the source is gone without its successor"
    if os.path.exists("a") and read("a") != text:
        yield "the source has changed"


write("a", text)
begun = time.monotonic()
subprocess.run(["pith", "-1", "--rm", "-fk", "a"], check=True)
duration = time.monotonic() - begun
finished = 0
for attempt in range(30):
    write("a", text)
    write("a.pith", OLD)
    number = generator.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
    process = subprocess.Popen(["pith", "-1", "--rm", "-f", "a"])
    time.sleep(generator.uniform(0, 2 * duration))
    process.send_signal(number)
    finished += process.wait() == 0
    for problem in problems(number):
        print(f"attempt {attempt}, {number.name}: {problem}")
print("some were killed" if finished < 30 else "none was killed")
