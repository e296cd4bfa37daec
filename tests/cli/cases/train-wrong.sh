# What no prior can be made from, and what is no prior: an error, and nothing is written.
make_data text 100000 >text
make_data noise 100000 >noise
head -c 2000 text >tiny
: >empty
for samples in empty tiny noise missing "text missing" text; do
  try pith --train $samples -o out.prior -q --max-size 1M
  [ -e out.prior ] && echo "$samples: written"
done
try pith --train text
try pith --train text -o out.prior
try pith --train text -o text -f
try pith --train text -D out.prior -o other.prior
try pith --train text -o other.prior --max-size 1000
echo "-- damaged priors"
cp out.prior good
head -c 1000 good >cut
printf 'x' | cat - good >foreign
{ head -c 5000 good; printf '\377\001'; tail -c +5003 good; } >damaged
{ head -c 8 good; printf '\007'; tail -c +10 good; } >other-version
for prior in missing empty text cut foreign damaged other-version; do
  try pith -D $prior -c text >x
done
try pith -M 20K -D good -c text
try pith -D good --no-prior -c text
names | grep -v '^\(text\|noise\|tiny\|empty\|cut\|foreign\|damaged\|good\|other-version\|x\|out.prior\)$'
