"""Speed, measured as whole commands and as inner loops, side by side with named peers."""
