"""Prints text that is easy to learn: make_text.py SENTENCES [SEED]."""
import random
import sys

random.seed(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
nouns = ["cat", "dog", "bird", "fish", "old man", "river"]
verbs = ["saw", "heard", "followed", "forgot"]
for i in range(int(sys.argv[1])):
    print(f"The {random.choice(nouns)} {random.choice(verbs)} the {random.choice(nouns)}.")
    if i % 20 == 19:
        sys.stdout.write("\0")
