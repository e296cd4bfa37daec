# A run that was ended by a signal goes on to exactly the network it would have become.
. "$TESTS/../train/small_network.sh"
small_network
options="-v small.vocab -c small.cfg --tokens 150000 -t 2 --held-minutes 1000 --report-seconds 0.05"
pith-model train $options -o whole.run text.txt 2>/dev/null
: >log
pith-model train $options -o parts.run text.txt 2>log &
pid=$!
while ! grep -q bits/byte log; do sleep 0.01; done
kill -TERM $pid
wait $pid && echo "ended well"
pith-model train $options -o parts.run --resume text.txt 2>log2
grep -o '^stopped' log
grep -o '^done' log2
pith-model eval --last whole.run unseen.txt >a
pith-model eval --last parts.run unseen.txt >b
cmp a b && echo "the same"
pith-model info parts.run | sed 's/,.*//' | head -1
pith-model info parts.run.previous >/dev/null && echo "the checkpoint before is kept"
