# Files with one described fault each.
bash "$TESTS/corrupt_files.sh" "${MAKE_CORRUPT_FILES:?}" | sed 's/^corrupt: [0-9]* cases/corrupt: all cases/'
