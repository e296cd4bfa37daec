# With --rm, a source that has changed in the meantime, or whose name belongs to another file by now, stays.
make_data text 1000000 >original
python3 - <<'END'
import os, signal, subprocess, time

def replace():
    with open("other", "wb") as file:
        file.write(b"another file")
    os.rename("other", "a")

def change():
    with open("a", "r+b") as file:
        file.seek(999999)
        file.write(b"!")
    os.utime("a", ns=(1, 1))

original = open("original", "rb").read()
for action in (replace, change):
    with open("a", "wb") as file:
        file.write(original)
    run = subprocess.Popen(["pith", "-qq", "-1", "-f", "--rm", "a"])
    while not [name for name in os.listdir(".") if name.endswith(".tmp")]:
        pass  # it has opened its input by then
    run.send_signal(signal.SIGSTOP)
    action()
    run.send_signal(signal.SIGCONT)
    print(action.__name__, run.wait() != 0, os.path.exists("a"))
END
