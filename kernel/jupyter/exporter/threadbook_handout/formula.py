"""TeX formulas as MathML, which every browser of today draws by itself, without a script or a font of ours."""

import html
from xml.etree import ElementTree

from latex2mathml import exceptions
from latex2mathml.converter import convert

# What the converter raises for TeX that it cannot read. It has no common base class of its own.
UNREADABLE = tuple(
    error for error in vars(exceptions).values() if isinstance(error, type) and issubclass(error, Exception)
) + (IndexError, KeyError, ValueError, ElementTree.ParseError)


def mathml(tex: str, display: bool) -> str:
    """The formula as a `<math>` element, or as its own source in `<code>` where it is beyond the converter."""
    try:
        math = convert(tex.strip(), display="block" if display else "inline")
        ElementTree.fromstring(math)  # an unknown environment comes out as something that is not XML
    except UNREADABLE:
        return f'<code class="formula">{html.escape(tex.strip())}</code>'
    return math
