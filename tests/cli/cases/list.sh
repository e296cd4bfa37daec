# -l reads the index: sizes, blocks, levels, and a total.
make_data noise 10000 >a
: >empty
pith -1 -B 1K a
pith empty
pith -l a.pith
pith -l a.pith empty.pith
pith -l <a.pith
cat a.pith empty.pith >both
pith -l both
pith -9c empty >>both
pith -l both
