"""Document → Reading: sentences, parties and sides, norms. Beside the engine the only room that knows spaCy."""
