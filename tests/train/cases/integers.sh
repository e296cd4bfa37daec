# A model in integers predicts as it does in floats, and a machine can be checked with it.
. "$TESTS/../train/small_network.sh"
small_network
pith-model train -v small.vocab -c small.cfg -o my.run --tokens 20000 -- text.txt 2>log || cat log
pith-model export my.run -o my.model | sed 's/: .*//'
pith-model eval my.model unseen.txt >integers
pith-model eval --floats my.model unseen.txt >floats
paste integers floats | awk 'NR == 2 && $2 < 1.01 * $6 && $6 < 1.01 * $2 { print "equal within 1 %" }'
pith-model check my.model >checked && sed -n '/^blocks/p; /^tokens/p' checked
awk '$1 == "scalar" && $2 > 0 { print "scalar kernels were timed" }' checked
# Not models, and one whose last byte is missing.
pith-model check my.run
head -c -1 my.model >cut.model
pith-model check cut.model
pith-model eval cut.model unseen.txt
true
