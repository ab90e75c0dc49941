"""Public releases as their publishers offer them, folders and zip files, read into rows."""
