# Special files are read only to standard output, as xz does.
mkfifo p
try pith p
make_data text 1000 >a
cat a >p &
pith -c p | pith -dc | cmp - a
wait
names
