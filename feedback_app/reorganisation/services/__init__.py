"""Deeds of a reorganisation, one module for each sort of thing that moves."""
