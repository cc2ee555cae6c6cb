"""Networks that are trained: tasks, layers, training and evaluation. The only room with torch."""
