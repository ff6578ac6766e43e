"""What people look at: maps, charts, the report."""
