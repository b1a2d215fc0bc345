"""How what is kept is written: whole or not at all, without personal data, as text, tables and maps."""
