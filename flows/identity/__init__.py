"""The commands `identity`: lists of persons for the authorised verifier, and pairs that stay in doubt."""
