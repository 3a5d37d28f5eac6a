"""What is written of a meeting: its days, proposals, agenda, conclusions, and what the owners of items report."""
