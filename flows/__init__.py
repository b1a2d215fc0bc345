"""The top floor: order, retries and limits."""
