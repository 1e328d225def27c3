"""What documents tell: invented companies, people, goods and sums, drawn from a seed."""
