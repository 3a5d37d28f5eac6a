"""Reports as files: a layout is a Word document with named places; Word, PDF and Excel are drawn from the content."""
