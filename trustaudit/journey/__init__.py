"""Many audits to one account: the journey of a customer through a company's paperwork."""
