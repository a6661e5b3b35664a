"""Writing: store, upload, attach, remove, render, sweep."""
