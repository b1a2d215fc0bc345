"""A district as a tester from outside would make it: two communes merged in 2020, forty years of papers.

Written from issue 4 and the contract alone, before its writer had seen the linker, the other makers or their results.
Quế Cường gave land to Hương An in 2008 and was joined in 2020 with Phú Thọ as Quế Mỹ, under Phú Thọ's code.
"""
