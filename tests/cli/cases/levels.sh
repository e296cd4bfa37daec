# Every level decodes without options.
make_data text 20000 >a
for level in 1 2 3 4 5 6 7 8 9; do
  pith -$level -c a | pith -dc | cmp - a
done
pith --fast -c a | cmp - fast 2>/dev/null
pith -1c a >one
pith --fast -c a | cmp - one
pith -9c a >nine
pith --best -c a | cmp - nine
