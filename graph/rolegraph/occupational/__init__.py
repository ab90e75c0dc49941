"""What public releases say, in answers: the occupational base of roles, and the entries of classifications."""
