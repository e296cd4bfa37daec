# Noise grows by at most 0.1 % + 64 bytes.
make_data noise 1000000 >noise
size=$(pith -c noise | wc -c)
[ "$size" -le $((1000000 + 1000 + 64)) ] || echo "$size bytes"
pith -c noise | pith -dc | cmp - noise
