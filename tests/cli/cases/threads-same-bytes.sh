# The number of threads changes nothing.
make_data text 100000 >a
pith -T1 -B 10K -c a >one
for threads in 0 2 3 7; do
  pith -T$threads -B 10K -c a | cmp - one
  pith -T$threads -dc one | cmp - a
done
