"""What is written of the programme: reports owed and given, obstacles linked, rungs told."""
