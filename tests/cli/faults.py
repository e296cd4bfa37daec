"""Makes each system call of pith fail in turn, and looks at what is left (see fault_shim.c)."""

import errno
import os
import subprocess

TEXT = b"".join(b"%d %d\n" % (i, i * i * 7919 % 10007) for i in range(1000))
OLD = b"the old file"
ALL = ("write", "read", "pread", "close", "fsync", "renameat2", "renameat", "linkat", "fchmod", "fchown",
       "futimens", "unlink")


def write(name, data):
    with open(name, "wb") as file:
        file.write(data)


def read(name):
    with open(name, "rb") as file:
        return file.read()


def run(arguments, call, number, at):
    environment = dict(os.environ, LD_PRELOAD=os.environ["FAULT_SHIM"], FAULT_CALL=call, FAULT_ERRNO=str(number),
                       FAULT_AT=str(at), FAULT_LOG="log")
    environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    return subprocess.run(["pith", "-1", "-T1", "-qq", *arguments], env=environment).returncode


def complete(name):
    data = read(name)
    if name == "a":
        return data == TEXT
    return subprocess.run(["pith", "-dcqq", name], stdout=subprocess.PIPE).stdout == TEXT


def problems(source, target, old_target, status):
    left = set(os.listdir(".")) - {source, target}
    if left:
        yield f"left behind: {left}"
    for name in left:
        os.remove(name)
    there = os.path.exists(target)
    is_old = there and read(target) == OLD
    if there and not is_old and not complete(target):
        yield "the target is not complete"
    if old_target and not there:
        yield "the old target is gone"
    if status == 0 and (not there or is_old):
        yield "status 0 without an output"
    if not os.path.exists(source) and (not there or is_old):
        yield "the source is gone"


def fail_each_call(arguments, source, target, call, number, old_target, always_ok=False):
    """Fails the first, second, ... call until there are no more."""
    at = 0
    while True:
        at += 1
        for name in os.listdir("."):
            os.remove(name)
        write(source, read("../" + source))
        if old_target:
            write(target, OLD)
        status = run(arguments, call, number, at)
        if not os.path.exists("log"):
            if status != 0:
                print(arguments, "fails without a fault")
            return at - 1
        os.remove("log")
        found = list(problems(source, target, old_target, status))
        if always_ok and status != 0:
            found.append(f"status {status}")
        for problem in found:
            print(arguments, call, errno.errorcode[number], at, "->", status, problem)


write("a", TEXT)
subprocess.run(["pith", "-1", "a"], check=True)
os.mkdir("work")
os.chdir("work")
seen = set()
for options, source, target in ((["-f", "--rm", "a"], "a", "a.pith"), (["--rm", "a"], "a", "a.pith"),
                                (["-f", "--rm", "-d", "a.pith"], "a.pith", "a"),
                                (["-d", "a.pith"], "a.pith", "a")):
    for call in ALL:
        if fail_each_call(options, source, target, call, errno.EIO, "-f" in options):
            seen.add(call)
    for call in ("write", "close"):
        fail_each_call(options, source, target, call, errno.ENOSPC, "-f" in options)
    for call in ("read", "write", "pread", "close", "fsync"):
        fail_each_call(options, source, target, call, errno.EINTR, "-f" in options, always_ok=True)
    for call in ("renameat2",):  # file systems that cannot do this: others must do
        fail_each_call(options, source, target, call, errno.EINVAL, "-f" in options, always_ok=True)
    for call in ("read", "write", "pread"):  # one byte at a time
        for name in os.listdir("."):
            os.remove(name)
        write(source, read("../" + source))
        status = run(options, call, -1, 0)
        for problem in problems(source, target, False, status):
            print(options, call, "short", problem)
        if status != 0:
            print(options, call, "short", status)
if fail_each_call(["--no-sync", "a"], "a", "a.pith", "fsync", errno.EIO, False):
    print("--no-sync waits for the disk")
print("calls that failed:", *sorted(seen))
