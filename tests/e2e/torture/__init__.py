"""A torture set: pages made from a seed, out to have the wrong thing clicked; each notes what was really clicked."""
