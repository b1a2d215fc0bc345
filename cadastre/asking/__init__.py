"""Questions where papers or maps do not agree, in a land office's words, by what an answer settles."""
