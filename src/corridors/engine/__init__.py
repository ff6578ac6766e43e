"""How paths are found: arrays, costs, least-cost trees. numpy and scipy only."""
