# --progress shows lines where there is no terminal; SIGUSR1 asks for one.
make_data noise 1000 >a
pith --progress -c a 2>&1 >/dev/null | sed 's/, [0-9]* KB.s//; s/[0-9.]* KiB/N KiB/g'
python3 - <<'END'
import re, signal, subprocess, time
run = subprocess.Popen(["pith", "--size-hint", "4000"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                       stderr=subprocess.PIPE)
run.stdin.write(b"x" * 1000)
run.stdin.flush()
time.sleep(0.3)
run.send_signal(signal.SIGUSR1)
line = run.stderr.readline().decode()
print(re.sub(r"[0-9.]+", "N", line), end="")
run.stdin.close()
print(run.wait())
END
