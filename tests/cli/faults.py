"""Makes each system call of pith fail in turn, and looks at what is left (see fault_shim.c).

    faults.py           some commands and errors; prints problems, and the names of calls that failed
    faults.py --long    more of both; prints problems and how many cases there were

In an empty directory, with pith in PATH and the shim's file in FAULT_SHIM.
"""

import errno
import os
import subprocess
import sys

LONG = sys.argv[1:] == ["--long"]
TEXT = b"".join(b"%d %d\n" % (i, i * i * 7919 % 10007) for i in range(1000))
ZEROS = bytes(300000)
OLD = b"the old file"
# Transfers and what makes a file durable; then what opens and asks, whose failure may be harmless.
CALLS = ("write", "read", "pread", "close", "fsync", "renameat2", "renameat", "linkat", "fchmod", "fchown",
         "futimens", "unlink")
MORE_CALLS = ("open", "openat", "fstat", "lseek", "unlinkat", "getrandom")
ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EPIPE", "EACCES")
cases = 0
failures = 0
failed_calls = set()


class Job:
    """A command: what it reads and writes, and what its output holds where all went well. target: None where
    the result goes to standard output."""

    def __init__(self, options, source, target, result, old=False):
        self.options, self.source, self.target, self.result, self.old = options, source, target, result, old


JOBS = [
    Job(["-f", "--rm", "a"], "a", "a.pith", TEXT, old=True),
    Job(["--rm", "a"], "a", "a.pith", TEXT),
    Job(["-f", "--rm", "-d", "a.pith"], "a.pith", "a", TEXT, old=True),
    Job(["-d", "a.pith"], "a.pith", "a", TEXT),
]
LONG_JOBS = [
    Job(["-c", "a"], "a", None, TEXT),
    Job(["-dc", "a.pith"], "a.pith", None, TEXT),
    Job(["-T3", "-B", "1K", "a"], "a", "a.pith", TEXT),
    Job(["-T3", "-d", "a.pith"], "a.pith", "a", TEXT),
    Job(["-d", "--recover", "-o", "a", "a.pith"], "a.pith", "a", TEXT),
    Job(["-dc", "--range", "100:500", "a.pith"], "a.pith", None, TEXT[100:600]),
    Job(["-d", "zeros.pith"], "zeros.pith", "zeros", ZEROS),
    Job(["-d", "--no-sparse", "-f", "zeros.pith"], "zeros.pith", "zeros", ZEROS, old=True),
]


def write(name, data):
    with open(name, "wb") as file:
        file.write(data)


def read(name):
    with open(name, "rb") as file:
        return file.read()


def report(*words):
    global failures
    failures += 1
    print(*words)


def run(job, call, number, at):
    global cases
    cases += 1
    environment = dict(os.environ, LD_PRELOAD=os.environ["FAULT_SHIM"], FAULT_CALL=call, FAULT_ERRNO=str(number),
                       FAULT_AT=str(at), FAULT_LOG="log")
    environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    threads = [] if any(option.startswith("-T") for option in job.options) else ["-T1"]
    with open("../output", "wb") as output:
        return subprocess.run(["pith", "-1", *threads, "-qq", *job.options], env=environment,
                              stdout=output).returncode


def is_result(job, name):
    """Whether this output is what the command makes where nothing fails."""
    data = read(name)
    if job.source.endswith(".pith"):
        return data == job.result
    return subprocess.run(["pith", "-dcqq"], input=data, stdout=subprocess.PIPE).stdout == job.result


def problems(job, status):
    left = set(os.listdir(".")) - {job.source, job.target}
    if left:
        yield f"left behind: {left}"
    for name in left:
        os.remove(name)
    if status < 0 or status > 2:
        yield f"ended by {status}"
    if job.target is None:
        if status == 0 and not is_result(job, "../output"):
            yield "status 0 with a wrong output"
        if not os.path.exists(job.source):
            yield "the source is gone"
        return
    there = os.path.exists(job.target)
    is_old = there and read(job.target) == OLD
    if there and not is_old and not is_result(job, job.target):
        yield "the target is not complete"
    if job.old and not there:
        yield "the old target is gone"
    if status == 0 and (not there or is_old):
        yield "status 0 without an output"
    if not os.path.exists(job.source) and (not there or is_old):
        yield "the source is gone"


def prepare(job):
    for name in os.listdir("."):
        os.remove(name)
    write(job.source, read("../" + job.source))
    if job.old:
        write(job.target, OLD)


def fail_each_call(job, call, number, always_ok=False):
    """Fails the first, second, ... call until there are no more."""
    at = 0
    while True:
        at += 1
        prepare(job)
        status = run(job, call, number, at)
        if not os.path.exists("log"):
            if status != 0:
                report(job.options, "fails without a fault")
            return at - 1
        os.remove("log")
        failed_calls.add(call)
        found = list(problems(job, status))
        if always_ok and status != 0:
            found.append(f"status {status}")
        for problem in found:
            report(job.options, call, errno.errorcode[number], at, "->", status, problem)


def fail_all(job):
    for call in CALLS + MORE_CALLS if LONG else CALLS:
        for name in ERRORS if LONG else ("EIO",):
            fail_each_call(job, call, getattr(errno, name))
    for call in ("write", "close"):
        fail_each_call(job, call, errno.ENOSPC)
    for call in ("read", "write", "pread", "close", "fsync"):
        fail_each_call(job, call, errno.EINTR, always_ok=True)
    # File systems that cannot do this: others must do.
    fail_each_call(job, "renameat2", errno.EINVAL, always_ok=True)
    for call in ("read", "write", "pread"):  # one byte at a time
        prepare(job)
        status = run(job, call, -1, 0)
        for problem in problems(job, status):
            report(job.options, call, "short", problem)
        if status != 0:
            report(job.options, call, "short", status)


write("a", TEXT)
write("zeros", ZEROS)
subprocess.run(["pith", "-1", "a", "zeros"], check=True)
os.mkdir("work")
os.chdir("work")
for each in JOBS + LONG_JOBS if LONG else JOBS:
    fail_all(each)
if fail_each_call(Job(["--no-sync", "a"], "a", "a.pith", TEXT), "fsync", errno.EIO):
    report("--no-sync waits for the disk")
print("calls that failed:", *sorted(failed_calls))
if LONG:
    print(f"faults: {cases} cases, {failures} failures")
sys.exit(failures != 0)
