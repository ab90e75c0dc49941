"""A job architecture -> the files of its folder: fresh ones, and those that change, with the comments of people kept."""
