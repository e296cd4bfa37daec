# --model names a model of one's own; a frame names the one it needs, and nothing else will do.
"$WRITE_CHANGED_MODEL" 1 >own.pithmodel
"$WRITE_CHANGED_MODEL" 2 >other.pithmodel
# Ids, and the directories, which depend on the machine.
plain() { sed 's/[0-9a-f]\{16\}/ID/g; s/ in \/.*models\( and \/.*models\)*/ in DIRECTORIES/'; }
letter >text
cp own.pithmodel plainname
pith -5 -k --model ./own.pithmodel text
pith -5 -c --model own.pithmodel text | cmp - text.pith && echo "a name with a dot that is a file"
pith -5 -c --model plainname text | cmp - text.pith && echo "any file"
pith -5 -c text >small.pith
pith -5 -c --model small text | cmp - small.pith && echo "the built-in one"
cmp -s text.pith small.pith || echo different
try pith --model own.pithmodel -dc text.pith | cmp - text
pith --model own.pithmodel -5 -c --verify text | cmp - text.pith
pith -lv text.pith | awk 'NF == 13 { print $9, $11 }' | plain
pith -lv --json --model own.pithmodel text.pith | grep model | plain
echo "-- without it"
for options in "-dc" "-t" "--model other.pithmodel -t" "--range 5:10 -dc" "--recover -dc"; do
  try pith $options text.pith 2>&1 | plain
done
pith --model own.pithmodel -t small.pith && echo "not needed"
echo "-- with it"
pith --model own.pithmodel --range 5:10 -dc text.pith >part
tail -c +6 text | head -c 10 | cmp - part && echo range
pith --model own.pithmodel --recover -dc text.pith | cmp - text && echo recovered
cat small.pith text.pith small.pith >all.pith
pith --model own.pithmodel -dc all.pith | wc -c
