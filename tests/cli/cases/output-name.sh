# -o names the output; "-" is standard output; a device is written to.
make_data text 1000 >a
pith -o x.pith a
pith -d -o y x.pith
cmp a y
pith -o - a | pith -d -o - | cmp - a
pith -o z.pith <a
pith -dc z.pith | cmp - a
pith --rm -o /dev/null a
[ -c /dev/null ] || echo "the device is gone"
pith -f -o /dev/null a
[ -c /dev/null ] || echo "the device is gone"
names
