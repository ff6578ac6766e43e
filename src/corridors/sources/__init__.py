"""Every way in and out: tables, checks, scenarios, route files, formats of other tools."""
