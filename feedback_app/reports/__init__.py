"""Reports of a period in official form: what a frozen snapshot says, as Word, PDF and Excel files that are kept."""
