# A run does not replace what it has just written, even with -f.
mkdir one two
make_data text 1000 >one/a
make_data text 2000 >two/a
try pith --rm -f --output-dir out one/a two/a
names
pith -dc out/a.pith | wc -c
