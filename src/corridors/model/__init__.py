"""What there is: schema, network, scenario, assumptions. No file reading, no plots."""
