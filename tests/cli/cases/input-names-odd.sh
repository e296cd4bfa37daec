# Names with spaces, newlines, brackets, quotes, a leading dash, bytes that are not UTF-8.
newline='two
lines'
bytes=$(printf 'b\377d')
for name in 'a b' "$newline" '[x,y]' '"q"' ./-dash ++ "$bytes" '{}' '*'; do
  make_data text 500 >"$name"
  try pith --rm -v "$name" 2>>log
  try pith -d --rm "$name.pith"
  [ -s "$name" ] || echo "lost $name"
  try pith "$name.nosuch"
done
sed 's/: .*//' log
grep -c . log
sed 's/.*: \(.*\): 500 -> .*/\1/' log
