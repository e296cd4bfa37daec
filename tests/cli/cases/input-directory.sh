# A directory is skipped, with status 2.
mkdir d
make_data text 1000 >a
try pith d a
try pith -c d
try pith -d d
names
