"""rolegraph: a job architecture as a validated RDF knowledge graph, and the answers that it gives."""
