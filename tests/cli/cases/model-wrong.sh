# What is no model, or makes no sense with one: an error, and nothing is written.
"$WRITE_CHANGED_MODEL" 1 >good
directories() { sed 's/ in \/.*models\( and \/.*models\)*/ in DIRECTORIES/'; }
make_data text 1000 >text
: >empty
head -c 1000 good >cut
{ head -c 2000 good; printf '\377\001'; tail -c +2003 good; } >damaged
{ head -c 8 good; printf '\007'; tail -c +10 good; } >other-version
for model in ./missing empty text cut damaged other-version; do
  try pith -5 --model $model text
done
try pith -5 --model no-such-model text 2>&1 | directories
try pith -5 --model= text
try pith --model good text
try pith -4 --model good text
try pith --train --model good -o prior text
try pith -5 -M 1K --model good text
names
