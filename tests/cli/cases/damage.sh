# Each kind of damage has its message; nothing is left behind.
make_data noise 5000 >a
pith -B 1K -c a >good
python3 - <<'END'
good = open("good", "rb").read()
def put(name, data):
    open(name + ".pith", "wb").write(data)
put("truncated", good[:3000])
put("no-footer", good[:5100])
put("flipped", good[:2500] + bytes([good[2500] ^ 1]) + good[2501:])
put("header", good[:10] + bytes([good[10] ^ 1]) + good[11:])
put("version", good[:8] + b"\x02" + good[9:])
put("foreign", b"\x1f\x8b" + good[2:])
put("trailing", good + b"x")
put("nothing", b"")
END
for name in truncated no-footer flipped header version foreign trailing nothing; do
  try pith -t $name.pith
  try pith -dqq $name.pith
  try pith -tqq <$name.pith
done
try pith -t --ignore-trailing trailing.pith
names
