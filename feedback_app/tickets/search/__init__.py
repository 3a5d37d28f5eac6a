"""Search over tickets: what is written down of each, how it is asked for, who finds it."""
