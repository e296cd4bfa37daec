# -q leaves out warnings, -qq errors too; -v reports each file. The status does not change.
make_data noise 1000 >a
pith a
try pith a.pith nosuch
try pith a.pith
try pith -q a.pith
try pith -q nosuch
try pith -qq nosuch
try pith -qv a.pith
pith -fv a
pith -tv a.pith
pith -dfv a.pith
pith -fvv a 2>&1 | wc -l
