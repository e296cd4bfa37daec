# A writer and a reader that take their time, byte by byte: nothing is lost.
python3 "$TESTS/long_pipe.py"
