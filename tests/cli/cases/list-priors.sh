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
cat >letter <<'END'
My dear friend, I have received your letter of the third, and I thank you for all the kind words that you wrote about my
brother. He was glad to hear that the house is finished at last, and that the garden will be ready before the summer. We
have had a long winter here, and nobody could remember so much snow in the streets. The children went to school on foot
every morning, because the road to the village was closed for three weeks. I hope that you will come to see us in the
spring, when the trees along the river are in flower.
END
pith -5 -c letter >network.pith
blocks network.pith
pith -lv --json plain.pith own.pith network.pith | grep -E '"(prior|model)(_name)?"' | no_id
