"""What the evidence says about a person's levels, computed when asked and stored nowhere."""
