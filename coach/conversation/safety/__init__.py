"""Safety: signs of trouble, by rules and by examples, and the fixed replies to them."""
