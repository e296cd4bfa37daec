# A full device is an error; nothing under the final name, the source stays.
make_data noise 1000000 >a
try pith -c a >/dev/full
try pith -o /dev/full a
try pith -l --json nosuch >/dev/full
pith -c a >b.pith
try pith -dc b.pith >/dev/full
trap '' XFSZ
(ulimit -f 100 && try pith --rm a)
(ulimit -f 100 && try pith -d --rm b.pith)
names
