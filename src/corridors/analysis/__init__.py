"""What is asked: routes, transit, crossings, regions, skims."""
