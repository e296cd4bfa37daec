"""Measures pith beside other compressors. Linux, Python 3.8 or newer, standard library alone."""
