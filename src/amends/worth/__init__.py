"""What customers are worth and whether they came back: pure arithmetic that knows nothing else here."""
