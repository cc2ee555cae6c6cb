"""What `import monoscan as ms` offers: values that show themselves, over the rooms below."""
