"""From the SQL files to running jobs."""
