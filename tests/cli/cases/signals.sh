# Fatal signals remove the temporary file and are what pith dies of.
make_data text 1000 >a
python3 - <<'END'
import os, signal, subprocess, time
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    run = subprocess.Popen(["pith", "-o", "out.pith"], stdin=subprocess.PIPE)
    run.stdin.write(b"x" * 1000)
    run.stdin.flush()
    while not [name for name in os.listdir(".") if name.endswith(".tmp")]:
        time.sleep(0.01)
    run.send_signal(number)
    print(number.name, run.wait() == -number, sorted(os.listdir(".")))
run = subprocess.Popen(["pith", "-o", "out.pith"], stdin=subprocess.PIPE,
                       preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
while not [name for name in os.listdir(".") if name.endswith(".tmp")]:
    time.sleep(0.01)
run.send_signal(signal.SIGHUP)
run.stdin.close()
print("ignored SIGHUP", run.wait(), sorted(os.listdir(".")))
END
