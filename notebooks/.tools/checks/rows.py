"""The curriculum's debt: `rows.csv` says which rows each lesson owes, a lesson's metadata which it teaches."""
import csv
import re
from collections import Counter
from pathlib import Path

from .fault import Fault
from .notebook import Lesson

COLUMNS = ["row", "text", "notebooks"]
VERDICTS = {"right", "sloppy", "wrong"}


def check(root: Path, lessons: list[Lesson]) -> list[Fault]:
    owed, found = _read(root / "notebooks" / "rows.csv", "notebooks/rows.csv")
    for lesson in lessons:
        found += _lesson(lesson, owed)
    return found


def _read(path: Path, name: str) -> tuple[dict[str, set[str]], list[Fault]]:
    """Row to the numbers of the lessons that owe it."""
    if not path.is_file():
        return {}, [Fault(name, "the list of rows", "no file", "restore it")]
    owed, found = {}, []
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if table.fieldnames != COLUMNS:
            return {}, [Fault(f"{name}:1", ",".join(COLUMNS), ",".join(table.fieldnames or []), "restore the first line")]
        for line, entry in enumerate(table, start=2):
            place, row, numbers = f"{name}:{line}", entry["row"] or "", (entry["notebooks"] or "").split()
            if row in owed:
                found.append(Fault(place, "each row once", f"{row} again", "remove one of the lines"))
            if entry["text"] not in VERDICTS:
                found.append(Fault(place, "right, sloppy or wrong", str(entry["text"]), "say what the text is"))
            if not numbers or not all(re.fullmatch(r"\d\d", number) for number in numbers):
                found.append(Fault(place, "numbers of lessons, as 03 07", entry["notebooks"] or "none", "name the lessons"))
            owed[row] = set(numbers)
    return owed, found


def _lesson(lesson: Lesson, owed: dict[str, set[str]]) -> list[Fault]:
    place, shape = f"{lesson.name}:metadata.threadbook", '{"rows": ["C1"], "complete": false, "minutes": 45}'
    says = lesson.content.metadata.get("threadbook")
    if not lesson.number:
        return [Fault(lesson.name, "a name that begins with the lesson's number", lesson.path.name, "rename it, as 03-threads-and-races.ipynb")]
    if not _well_formed(says):
        return [Fault(place, shape, str(says), "correct the notebook's metadata")]
    taught, debt = says["rows"], {row for row, numbers in owed.items() if lesson.number in numbers}
    found = [Fault(place, "each row once", f"{row} {times} times", "name it once")
             for row, times in Counter(taught).items() if times > 1]
    for row in sorted(set(taught) - debt):
        who = " ".join(sorted(owed[row])) if row in owed else "no lesson"
        found.append(Fault(place, f"rows that lesson {lesson.number} owes", f"{row}, owed by {who}",
                           "remove it here, or add the lesson in notebooks/rows.csv"))
    if says["complete"]:
        found += [Fault(place, "a complete lesson teaches all it owes", f"{row} is missing",
                        "teach it and name it, or say complete: false") for row in sorted(debt - set(taught))]
    return found


def _well_formed(says) -> bool:
    return (isinstance(says, dict)
            and isinstance(says.get("rows"), list) and all(isinstance(row, str) for row in says["rows"])
            and isinstance(says.get("complete"), bool)
            and type(says.get("minutes")) is int and says["minutes"] > 0)
