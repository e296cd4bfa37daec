# Options may follow names; "--" ends them.
make_data text 1000 >a
cp a ./-c
pith a -k -1
pith -k -- -c
names
