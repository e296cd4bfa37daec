# With --rm, a source that has changed in the meantime, or whose name belongs to another file by now, stays. What was
# read of one that grew or lost its end is a complete file; an archive that loses its end is an error.
make_data text 400000 >original
pith -1 -B 64K -c original >packed
python3 - <<'END'
import os, signal, subprocess

def write(name, data):
    with open(name, "wb") as file:
        file.write(data)

def replace():
    write("other", b"another file")
    os.rename("other", source)

def change():
    with open(source, "r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"!")
    os.utime(source, ns=(1, 1))

def shrink():
    os.truncate(source, os.path.getsize(source) // 2)

def grow():
    with open(source, "ab") as file:
        file.write(b"more")

def raw_of(name):
    return subprocess.run(["pith", "-dcqq", name], stdout=subprocess.PIPE).stdout

original, packed = open("original", "rb").read(), open("packed", "rb").read()
for source, data, options in (("a", original, []), ("a.pith", packed, ["-d"])):
    target = {"a": "a.pith", "a.pith": "a"}[source]
    for action in (replace, change, shrink, grow):
        if os.path.exists(target):
            os.remove(target)
        write(source, data)
        run = subprocess.Popen(["pith", "-qq", "-1", "-T1", "-f", "--rm", *options, source])
        while not [name for name in os.listdir(".") if name.endswith(".tmp")]:
            pass  # it has opened its input by then
        run.send_signal(signal.SIGSTOP)
        action()
        run.send_signal(signal.SIGCONT)
        right = True
        failed = run.wait() != 0
        if os.path.exists(target):
            raw = raw_of(target) if source == "a" else open(target, "rb").read()
            right = raw.startswith(original[:100000]) and len(raw) >= 200000
        print(action.__name__, source, failed, os.path.exists(source), right)
END
