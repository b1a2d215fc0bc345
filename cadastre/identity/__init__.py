"""Which mentions are one person or household, and the rows that come back from the authorised verifier."""
