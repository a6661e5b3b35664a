"""What a document says against what the campaign has: new, same, changed, no longer named."""
