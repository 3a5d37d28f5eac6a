"""Invited pulses: who finished a procedure is drawn at random, asked seven closed questions, counted without a name."""
