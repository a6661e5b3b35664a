"""实地测评: rounds, visits, their results and the findings that come of them."""
