# Wrong options: one line, status 1, nothing done.
: >a
for option in -Z --no-such --suffix= -S/x --keep=no -B12 -B1G -Bx -T-1 -Tx -T99999 -M200% -M0% -Mx \
  --range=5 --max-output=1Q --size-hint=x -0; do
  try pith $option a
done
try pith -S
try pith -o x a b
try pith --files-from - -
try pith -o x -r a
try pith -o x --output-dir y a
try pith --range 1:2 a
try pith --range 1:2 -d a
try pith --recover a
try pith --recover --range 1:2 -dc a
try pith --json -c a
try pith --json <a
names
