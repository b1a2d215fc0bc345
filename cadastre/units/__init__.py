"""Communes, districts and offices by their day: which unit a text or a code means, and whose land it became."""
