"""Plans and results of agencies as a table: checked cell by cell, then taken over whole or not at all."""
