# Frames can be put one after another.
make_data text 1000 >a
make_data noise 1000 >b
pith a b
cat a.pith b.pith a.pith >all.pith
cat a b a | cmp - all 2>/dev/null
pith -d all.pith
cat a b a | cmp - all
pith -l --json all.pith | grep '"frames"'
