"""What the public reads of each month and quarter: worked out once, protected against all that was published before."""
