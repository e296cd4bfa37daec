# Killed at any moment: the target is the old or the new complete file, and the source is never gone without it.
python3 "$TESTS/killed.py"
