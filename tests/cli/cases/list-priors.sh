# -lv names the prior and the model of each block.
no_id() { sed 's/[0-9a-f]\{16\}/ID/g'; }
blocks() { pith -lv "$@" | awk 'NF == 13 { print $9, $10, $11 }' | no_id; }
make_data text 200000 >samples
head -c 3000 samples >a
{ head -c 1024 a; make_data noise 1024; } >mixed
pith -q --train samples -o own.prior
pith -2 -B 1K mixed
blocks mixed.pith
pith -2 --no-prior -c a >plain.pith
blocks plain.pith
pith -2 -D own.prior -c a >own.pith
blocks own.pith
letter >text
pith -5 -c text >network.pith
blocks network.pith
pith -lv --json plain.pith own.pith network.pith | grep -E '"(prior|model)(_name)?"' | no_id
