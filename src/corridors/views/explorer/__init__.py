"""The explorer: one page that closes crossings, opened from a file, without any network access."""
