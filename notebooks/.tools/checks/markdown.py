"""Markdown, as far as it must be understood here: what is code, what is a heading, where a link leads."""
import re
from collections import Counter

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.M | re.S)
COMMENT = re.compile(r"<!--.*?-->", re.S)
INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
DETAILS = re.compile(r"<details\b.*?</details>", re.S | re.I)
QUOTATION = re.compile(r"(?:^ {0,3}>[^\n]*(?:\n|\Z))+", re.M)
# A source: a link, or a line that begins with a dash, as in "> — Brian Goetz, Java Concurrency in Practice".
SOURCE = re.compile(r"\]\([^)]+\)|https?://|^ {0,3}>\s*(?:—|–|--)\s*\S", re.M)
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.M)
EXPLICIT_ANCHOR = re.compile(r"<[a-z][^>]*\b(?:id|name)=[\"']([^\"']+)[\"']", re.I)
LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?(?:\s+[\"'(][^\n]*?)?\s*\)")
DEFINITION = re.compile(r"^ {0,3}\[[^\]^]+\]:\s*<?([^\s>]+)>?", re.M)
HTML_LINK = re.compile(r"<[a-z][^>]*\b(?:href|src)=[\"']([^\"']+)[\"']", re.I)


def blank(pattern: re.Pattern, text: str) -> str:
    """The text with every match turned into spaces, so that line numbers stay."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def without_code(text: str) -> str:
    return blank(INLINE_CODE, blank(COMMENT, blank(FENCE, text)))


def claims(text: str) -> str:
    """What the author says in his own name: no code, no folded answer, no quotation that names its source."""
    text = blank(DETAILS, without_code(text))
    return QUOTATION.sub(lambda match: re.sub(r"[^\n]", " ", match.group()) if SOURCE.search(match.group()) else match.group(), text)


def links(text: str) -> list[tuple[int, str]]:
    """Line number (from 1) and target of each link and picture."""
    text = without_code(text)
    matches = [match for pattern in (LINK, DEFINITION, HTML_LINK) for match in pattern.finditer(text)]
    return sorted((text.count("\n", 0, match.start(1)) + 1, match.group(1)) for match in matches)


def anchors(text: str, notebook: bool = False) -> set[str]:
    """What a `#fragment` may name: headings as GitHub spells them, in a notebook as JupyterLab does."""
    text = blank(COMMENT, blank(FENCE, text))
    found, seen = set(EXPLICIT_ANCHOR.findall(text)), Counter()
    for heading in HEADING.findall(text):
        plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        plain = re.sub(r"<[^>]+>|[*`]|(?<!\w)_|_(?!\w)", "", plain).strip()
        if notebook:
            found.add(plain.replace(" ", "-"))
            continue
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        found.add(slug if not seen[slug] else f"{slug}-{seen[slug]}")
        seen[slug] += 1
    return found
