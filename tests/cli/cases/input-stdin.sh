# Standard input is used without names, and for "-" among names.
make_data text 1000 >a
echo tail >b
pith <a | pith -d | cmp - a
pith -c b - <a | pith -d | cat >c
cat b a | cmp - c
try pith - </dev/null >/dev/null
