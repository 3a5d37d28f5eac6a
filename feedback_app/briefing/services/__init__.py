"""Writing the brief, weighing obstacles, speaking up on a line."""
