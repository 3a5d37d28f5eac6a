"""What a body does rarely, with its offline secret at hand: two of the three shares."""
