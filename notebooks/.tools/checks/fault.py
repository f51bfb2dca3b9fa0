"""One thing that is wrong, said so that its author can repair it without asking."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    place: str  # "notebooks/03-threads-and-races.ipynb:cell lost-update" or "README.md:12"
    expected: str
    found: str
    remedy: str
    warning: bool = False  # reported, but does not fail the check

    def __str__(self) -> str:
        kind = " (warning)" if self.warning else ""
        return f"{self.place}{kind}\n  expected: {self.expected}\n  found:    {self.found}\n  try:      {self.remedy}"
