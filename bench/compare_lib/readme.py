"""Replaces the measured tables in a README, each between two marks."""
import os
import tempfile


def marks(name):
    return f"<!-- {name}:begin -->", f"<!-- {name}:end -->"


def replaced(text, name, section):
    """text with section between the marks of that name; ValueError unless there is one pair in order."""
    begin, end = marks(name)
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise ValueError(f"needs one {begin} and after it one {end}")
    head = text[: text.index(begin) + len(begin)]
    tail = text[text.index(end):]
    return f"{head}\n\n{section}\n\n{tail}"


def update(path, sections):
    """sections: text by name. The first must have its marks; the others are left out where they have none."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for index, (name, section) in enumerate(sections.items()):
        if index == 0 or marks(name)[0] in text:
            text = replaced(text, name, section)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(path)))
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(temporary, os.stat(path).st_mode & 0o777)
    os.replace(temporary, path)
