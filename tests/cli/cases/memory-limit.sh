# Too little memory is an error that says how much is needed; --no-adjust fails instead of using fewer threads.
make_data text 100000 >a
pith a
try pith -M 1K -c a 2>err >/dev/null
grep -oE 'are needed: use -M [0-9]+M' err | sed 's/[0-9][0-9]*/N/'
try pith -M 1K -t a.pith 2>err
grep -oE 'are needed: use -M [0-9]+M' err | sed 's/[0-9][0-9]*/N/'
try pith -M 90% -t a.pith
pith -T 64 -M 1G -c a | pith -dc | cmp - a
try pith -T 64 -M 1G --no-adjust -c a 2>err
grep -oE '^pith: 64 threads need .* limit is 1.0 GiB' err | sed 's/need [0-9.]* .iB/need N/'
