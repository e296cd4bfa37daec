# While it is written, the output has another name and only its owner can read it.
python3 - <<'END'
import os, subprocess, time
run = subprocess.Popen(["pith", "-o", "out.pith"], stdin=subprocess.PIPE)
while not [name for name in os.listdir(".") if name.endswith(".tmp")]:
    time.sleep(0.01)
for name in os.listdir("."):
    print(name.startswith(".pith-"), oct(os.stat(name).st_mode & 0o777))
run.stdin.close()
print(run.wait(), os.listdir("."))
END
