"""Keys and envelopes: libsodium and Argon2id, nothing of our own making. Pure."""
