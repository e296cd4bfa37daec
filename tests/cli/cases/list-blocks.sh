# -lv shows every block.
make_data noise 3000 >a
pith -1 -B 1K a
pith -lv a.pith
