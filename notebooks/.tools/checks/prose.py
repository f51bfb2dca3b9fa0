"""What a lesson says in words. A measured figure belongs in an output, where this machine says it: never in the text."""
import re

from . import markdown
from .fault import Fault
from .notebook import Lesson

UNIT = "|".join([
    r"[nmµu]?s(?![\w])", r"(?:nano|micro|milli)?seconds?\b", r"secs?\b",
    r"%", r"percent\b", r"×(?!\s*\d)", r"(?<=\d)x\b", r"times\s+(?:as|faster|slower|more|less|longer|shorter)\b",
    r"[kKMGT]i?B(?:/s)?\b", r"[kMG]?Hz\b",
])
FIGURE = re.compile(rf"(?<![\w.])(?:\d+(?:[.,]\d+)*)(?:[ \u00a0\u202f-]?)(?:{UNIT})")
DECADE = re.compile(r"\d{3}0s")
ABBREVIATION = re.compile(r"\b(?:[A-Z]|e\.g|i\.e|etc|cf|vs|Mr|Mrs|Dr|St|No|ch|p|pp)\.$")
SENTENCE_END = re.compile(r"[.!?][\"'”’)*_]*(?=\s+[\"'“‘(*_]*[A-ZА-ЯЁ])")


def check(lesson: Lesson) -> list[Fault]:
    found = []
    for cell in lesson.markdown():
        for match in FIGURE.finditer(markdown.claims(cell.source)):
            if not DECADE.fullmatch(match.group()):
                found.append(Fault(lesson.place(cell), "no figure with a unit in prose: the next machine has another", match.group(),
                                   "let a cell compute it, fold it in <details>, or quote it with its source"))
        for line in markdown.without_code(cell.source).splitlines():
            if (count := _sentences(line)) > 1:
                found.append(Fault(lesson.place(cell), "one sentence per line", f"{count} in: {line.strip()[:60]}",
                                   "break the line after each sentence", warning=True))
    return found


def _sentences(line: str) -> int:
    """How many sentences stand in a line; a list's marker and a bold label such as **Predict.** are none."""
    if line.lstrip().startswith(("|", "#", "<")):
        return 0
    line = re.sub(r"^\s*(?:[-*+>]|\d+[.)])\s+", "", line)
    line = re.sub(r"^\s*\*\*[^*]+\*\*", "", line)
    ends = [match for match in SENTENCE_END.finditer(line) if not ABBREVIATION.search(line[: match.start() + 1])]
    return len(ends) + 1 if line.strip() else 0
