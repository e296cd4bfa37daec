"""Runs one command and measures it: wall time, processor time, peak memory.

The peak memory that the kernel reports for a process starts with that of the program that forked it, so a
child of Python never seems to need less than Python. A shell therefore forks the command and ends; the
command becomes our child (we are its subreaper) and carries only the shell's megabyte. It waits on a pipe
until the shell is gone, and the clock starts when it is let go.
"""
import ctypes
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass

PR_SET_CHILD_SUBREAPER = 36

# $1: standard output, $2: standard error. The subshell waits for a line on descriptor 3; it must not keep
# the pipe on which we read its number.
SCRIPT = """
out=$1; err=$2; shift 2
( read -r go <&3; exec "$@" </dev/null >"$out" 2>"$err" 3<&- ) >/dev/null &
echo $!
"""


@dataclass(frozen=True)
class Usage:
    wall_s: float
    cpu_s: float  # of the process and the children it waited for
    peak_bytes: int


class CommandFailed(Exception):
    """A command that did not end with status 0; the text says how."""


def become_subreaper():
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "cannot become a child subreaper")


def _start(argv, folder, out_path, err_path):
    """Starts argv held back; returns its pid and the descriptor that lets it go."""
    held, gate = os.pipe()
    try:
        # The shell's descriptor 3 is the pipe whatever its number here.
        shell = subprocess.Popen(
            ["/bin/sh", "-c", f"exec 3<&{held}; {SCRIPT}", "sh", out_path, err_path, *argv], cwd=folder,
            pass_fds=[held], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        line, _ = shell.communicate()
    finally:
        os.close(held)
    return int(line), gate


def run(argv, folder, stdout=None, timeout_s=3600):
    """Runs argv in folder; standard output goes to the file stdout in it, or nowhere."""
    out_path = os.path.join(folder, stdout) if stdout else os.devnull
    err_path = os.path.join(folder, "messages")
    pid, gate = _start(argv, folder, out_path, err_path)
    timed_out = threading.Event()

    def give_up():
        timed_out.set()
        os.kill(pid, signal.SIGKILL)

    timer = threading.Timer(timeout_s, give_up)
    timer.start()
    try:
        start = time.perf_counter()
        os.write(gate, b"go\n")
        _, status, usage = os.wait4(pid, 0)
        wall = time.perf_counter() - start
    except KeyboardInterrupt:
        os.kill(pid, signal.SIGKILL)  # a background job of a shell ignores the terminal's interrupt
        os.wait4(pid, 0)
        raise
    finally:
        timer.cancel()
        os.close(gate)
    if timed_out.is_set():
        raise CommandFailed(f"{argv[0]}: killed after {timeout_s} s")
    if status != 0:
        raise CommandFailed(f"{argv[0]}: {_describe(status)}: {_last_line(err_path)}")
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def _describe(status):
    if os.WIFSIGNALED(status):
        return f"signal {os.WTERMSIG(status)}"
    return f"exit status {os.WEXITSTATUS(status)}"


def _last_line(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = [line.strip() for line in file if line.strip()]
    except OSError:
        return ""
    return lines[-1] if lines else "no message"
