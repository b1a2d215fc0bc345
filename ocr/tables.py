"""Ruled tables of a clean page: the parcel rows of a ledger, and the corner table of an extract or a certificate."""

from __future__ import annotations

from ocr.corner_table import read_corners
from ocr.ledger import read_ledger

__all__ = ["read_corners", "read_ledger"]
