# --range reads a part by the index.
make_data text 100000 >a
pith -B 10K a
for range in 0:10 9999:2 25000:30000 99990:100 100000:5 0: 1K:1K; do
  pith --range $range -dc a.pith >part
  python3 - $range <<'END'
import sys
offset, length = sys.argv[1].split(":")
k = lambda text: int(text[:-1]) * 1024 if text.endswith("K") else int(text)
data = open("a", "rb").read()[k(offset):]
if length: data = data[:k(length)]
print(sys.argv[1], len(data), open("part", "rb").read() == data)
END
done
pith --range 5:5 -dc <a.pith | cmp - a -n 5 -i 0:5
cat a.pith a.pith | try pith --range 5:5 -dc
try pith --range 100001:1 -dc a.pith
try pith --range 1:50 --max-output 20 -dc a.pith
pith --range 1:50 -d -o part a.pith
wc -c <part
