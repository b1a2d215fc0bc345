"""A district as its land office kept it: land, people and papers of three communes of Điện Bàn, 1982 to 2025."""
