# Zeros come back as holes; --no-sparse writes them; standard output only with --sparse.
make_data zeros 1000000 >a
echo middle >>a
make_data zeros 1000000 >>a
pith a
blocks() { [ "$(stat -c %b "$1")" -lt 1000 ] && echo "$1 has holes" || echo "$1 is full"; }
pith -d -o sparse a.pith
cmp a sparse
blocks sparse
pith -d --no-sparse -o full a.pith
cmp a full
blocks full
pith -dc a.pith >stdout
cmp a stdout
blocks stdout
pith -dc --sparse a.pith >stdout
cmp a stdout
blocks stdout
echo before >appended
pith -dc --sparse a.pith >>appended
tail -c +8 appended | cmp - a
(echo before; pith -dc --sparse a.pith) >behind
tail -c +8 behind | cmp - a
