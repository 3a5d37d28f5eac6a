"""Writes on tickets, by verb: ``opening``, ``assigning``, ``handling``, ``answering``, ``owning``."""
