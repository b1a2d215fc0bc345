"""Speed and accuracy, measured outside the tests; results are written down in RESULTS.md."""
