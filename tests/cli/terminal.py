"""Runs pith with a terminal (pty) as its standard streams."""

import os
import pty
import re
import subprocess


def run(arguments, stdin=None, stdout=None, stderr=None):
    """The streams given as "tty" are the terminal. Prints what comes out of it and the status."""
    parent, child = pty.openpty()
    streams = [child if stream == "tty" else stream for stream in (stdin, stdout, stderr)]
    process = subprocess.Popen(["pith", *arguments], stdin=streams[0] or subprocess.DEVNULL,
                               stdout=streams[1] or subprocess.DEVNULL, stderr=streams[2] or subprocess.PIPE,
                               env=dict(os.environ, TERM="xterm"))
    os.close(child)
    shown = b""
    try:
        while piece := os.read(parent, 65536):
            shown += piece
    except OSError:
        pass  # the other end is closed
    os.close(parent)
    errors = process.stderr.read() if process.stderr else b""
    print(" ".join(arguments), process.wait(), shown[:8] if arguments == ["-cf", "a"] else shown, errors)


with open("a", "wb") as file:
    file.write(b"some text\n" * 100)
subprocess.run(["pith", "a"], check=True)
run([], stdin="tty", stdout="tty")
run(["-c", "a"], stdout="tty")
run(["-cf", "a"], stdout="tty")
run(["-d"], stdin="tty")
run(["-t"], stdin="tty")
run(["-l"], stdin="tty")
run(["nosuch"], stderr="tty")
os.environ["NO_COLOR"] = "1"
run(["nosuch"], stderr="tty")
del os.environ["NO_COLOR"]


def drawn(arguments):
    """What is drawn on a terminal, with numbers taken out."""
    parent, child = pty.openpty()
    subprocess.run(["pith", *arguments], stdout=subprocess.DEVNULL, stderr=child, check=True)
    os.set_blocking(parent, False)
    try:
        shown = os.read(parent, 65536)
    except BlockingIOError:
        shown = b""
    os.close(child)
    os.close(parent)
    first = re.sub(rb"[0-9.]+ (%|.?i?B|KB/s)", rb"N \1", shown[:shown.find(b"\r", 1)])
    print(" ".join(arguments), first, shown.endswith(b"\r\x1b[K"))


drawn(["-c", "a"])
drawn(["--progress", "-c", "a"])
drawn(["--no-progress", "-c", "a"])
