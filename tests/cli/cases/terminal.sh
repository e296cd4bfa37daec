# Compressed data is neither written to a terminal nor read from one; -f writes it.
python3 "$TESTS/terminal.py"
