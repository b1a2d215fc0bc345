"""How a command ends that found nothing at fault with what it was given; errors bring their own code."""

from __future__ import annotations

DONE = 0
INCOMPLETE = 5
"""Done, but some pages or rows were set aside or failed; they are listed."""
