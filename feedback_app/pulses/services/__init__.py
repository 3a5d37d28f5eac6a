"""What is done with the register, rounds and answers."""
