"""What is shown of results: pictures of automata, monoids and cascades."""
