"""Links that lead nowhere, in every Markdown file and every notebook. Nothing is fetched: only what lies here is looked at."""
import re
from pathlib import Path
from urllib.parse import unquote

from . import markdown
from .fault import Fault
from .notebook import LOOK_AWAY, Lesson, files

ELSEWHERE = re.compile(r"(https?|mailto):", re.I)


def check(root: Path, lessons: list[Lesson]) -> list[Fault]:
    known = {lesson.path: _lesson_anchors(lesson) for lesson in lessons}
    found = []
    for path in files(root, ".md"):
        text = path.read_text(encoding="utf-8")
        for line, target in markdown.links(text):
            found += _follow(root, path, f"{path.relative_to(root).as_posix()}:{line}", target, known)
    for lesson in lessons:
        for cell in lesson.markdown():
            for _, target in markdown.links(cell.source):
                if target.startswith("attachment:"):
                    found += _attachment(lesson, cell, target)
                else:
                    found += _follow(root, lesson.path, lesson.place(cell), target, known)
    return found


def _follow(root: Path, source: Path, place: str, target: str, known: dict[Path, set[str]]) -> list[Fault]:
    if ELSEWHERE.match(target):
        return []
    if target.startswith(("/", "file:")) or re.match(r"[A-Za-z]:[\\/]", target):
        return [Fault(place, "a path relative to this file", target, "write it from here, with ../ where needed")]
    location, _, fragment = unquote(target).partition("#")
    there = (source.parent / location).resolve() if location else source
    if not there.is_relative_to(root) or not there.exists() or LOOK_AWAY & set(there.relative_to(root).parts):
        return [Fault(place, "a link to a file of the project", f"{target} leads nowhere", "correct the path or remove the link")]
    if not fragment or there.suffix not in (".md", ".ipynb"):
        return []
    if there not in known:
        known[there] = markdown.anchors(there.read_text(encoding="utf-8"))
    if fragment in known[there]:
        return []
    near = ", ".join(sorted(known[there])[:8]) or "none"
    return [Fault(place, f"a heading #{fragment} in {there.relative_to(root).as_posix()}", "no such heading", f"one of: {near}")]


def _attachment(lesson: Lesson, cell, target: str) -> list[Fault]:
    if target.removeprefix("attachment:") in cell.get("attachments", {}):
        return []
    return [Fault(lesson.place(cell), "a picture attached to the cell", f"{target} is not attached", "attach it again")]


def _lesson_anchors(lesson: Lesson) -> set[str]:
    return {anchor for cell in lesson.markdown() for anchor in markdown.anchors(cell.source, notebook=True)}
