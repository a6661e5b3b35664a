"""Official papers of the documents room: counted from the cases, and set as pages."""
