"""Public releases of classifications as they lie in a data folder: their rows, their graph and their index."""
