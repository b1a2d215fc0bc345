"""From pages to drafts: which page belongs to which paper, in which order, and what a row of a book is."""
