"""Up to which length a rounded network answers every word rightly, and a word on which it fails."""
