# The reader of a pipe goes away: die of SIGPIPE, without a word; if that is ignored, an error.
make_data noise 3000000 >a
python3 - <<'END'
import signal, subprocess
for restore in (True, False):
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    run = subprocess.Popen(["pith", "-1c", "a"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           restore_signals=restore)
    run.stdout.read(10)
    run.stdout.close()
    print(run.stderr.read().decode(), end="")
    print(run.wait() == -signal.SIGPIPE if restore else run.wait())
END
