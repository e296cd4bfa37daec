"""Answers the question whether a file may be replaced, on a terminal (pty)."""

import os
import pty
import subprocess

with open("a", "wb") as file:
    file.write(b"some text\n" * 100)
for answer in ("n", "", "y"):
    with open("a.pith", "wb") as file:
        file.write(b"old")
    parent, child = pty.openpty()
    process = subprocess.Popen(["pith", "a"], stdin=child, stdout=subprocess.DEVNULL, stderr=child,
                               env=dict(os.environ, TERM="dumb"))
    os.close(child)
    shown = b""
    while not shown.endswith(b"? "):
        shown += os.read(parent, 1000)
    os.write(parent, answer.encode() + b"\n")
    status = process.wait()
    with open("a.pith", "rb") as file:
        kept = file.read() == b"old"
    print(shown, repr(answer), status, "kept" if kept else "replaced")
    os.close(parent)
print(sorted(os.listdir(".")))
