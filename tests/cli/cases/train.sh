# --train makes a prior, -D uses it; a frame names the prior it needs, and nothing else will do.
make_data text 300000 >all
split -b 10000 all sample
no_id() { sed 's/[0-9a-f]\{16\}/ID/g'; }
mv samplebd small
try pith --train samplea? -o first.prior -q
try pith --train samplea? -o again.prior -q
cmp first.prior again.prior && echo "the same prior"
try pith --train -f samplea? sampleb? -o second.prior -q
pith -k -D first.prior small
pith -c --no-prior small >plain.pith
[ "$(wc -c <small.pith)" -lt "$(wc -c <plain.pith)" ] && echo smaller
try pith -D first.prior -dc small.pith | cmp - small
pith -lv --json small.pith | grep -c '"prior": "[0-9a-f]\{16\}"'
echo "-- without it"
try pith -dc small.pith 2>&1 | no_id
try pith -t small.pith 2>&1 | no_id
try pith -D second.prior -t small.pith 2>&1 | no_id
try pith --range 5:10 -dc small.pith 2>&1 | no_id
try pith --recover -dc small.pith 2>&1 | no_id
echo "-- with it"
pith -D first.prior --range 5:10 -dc small.pith >part
tail -c +6 small | head -c 10 | cmp - part && echo range
pith -D first.prior --recover -dc small.pith | cmp - small && echo recovered
pith -D first.prior -dc plain.pith | cmp - small && echo "not needed"
