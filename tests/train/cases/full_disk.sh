# When a checkpoint cannot be written the one before it stays whole.
. "$TESTS/../train/small_network.sh"
small_network
train() { pith-model train -v small.vocab -c small.cfg -o my.run "$@" -- text.txt; }
train --tokens 5000 2>/dev/null
cp my.run good
pith-model eval my.run unseen.txt >before
trap '' XFSZ
(ulimit -f 100 && train --tokens 9000 --resume 2>log; echo "status $?")
tail -n 1 log
cmp my.run good
pith-model eval my.run unseen.txt | cmp - before
ls | grep 'my[.]run[.][A-Za-z0-9]\{6\}$' | grep -v tokens
true
