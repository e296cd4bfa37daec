# Names from a list, one a line or each with a zero byte after it; "-" is a file there.
for name in a 'b c' d ./-; do make_data text 500 >"$name"; done
printf 'a\n\nb c\n-' >list
pith --files-from list
printf 'd\0nosuch\0' | try pith --files0-from -
printf 'd\0' >zero
try pith --files-from zero
try pith --files-from nosuchlist
try pith --files-from /dev/null </dev/null
names
