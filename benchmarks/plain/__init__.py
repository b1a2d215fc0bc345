"""A district of three communes by a plain hand: few kinds of papers, few ideas, forty years of events."""
