"""Document → Reading: sentences, parties and sides, norms. Only this room and the engine know spaCy."""
