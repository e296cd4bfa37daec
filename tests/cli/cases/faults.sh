# Whatever system call fails, the target is the old or the new complete file, and the source is never gone without it.
[ -n "${FAULT_SHIM:-}" ] || skip "FAULT_SHIM names no library to preload"
python3 "$TESTS/faults.py"
