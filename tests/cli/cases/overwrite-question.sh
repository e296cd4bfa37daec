# On a terminal, pith asks before it replaces a file.
python3 "$TESTS/overwrite_question.py"
