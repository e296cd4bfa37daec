"""Replaces the measured table in a README, between two marks."""
import os
import tempfile

BEGIN = "<!-- levels:begin -->"
END = "<!-- levels:end -->"


def replaced(text, section):
    """text with section between its marks; ValueError unless there is exactly one pair in order."""
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise ValueError(f"needs one {BEGIN} and after it one {END}")
    head = text[: text.index(BEGIN) + len(BEGIN)]
    tail = text[text.index(END):]
    return f"{head}\n\n{section}\n\n{tail}"


def update(path, section):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    new = replaced(text, section)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(os.path.abspath(path)))
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(new)
    os.chmod(temporary, os.stat(path).st_mode & 0o777)
    os.replace(temporary, path)
