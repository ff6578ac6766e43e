"""Networks built from what others have drawn: OpenStreetMap files and answers, world graphs, other tables."""
