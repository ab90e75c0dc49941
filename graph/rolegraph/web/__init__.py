"""The server: SPARQL 1.1 Protocol and Linked Data over HTTP, an ASGI application.

- ``application`` puts it together, ``server`` runs it; ``site`` is what every request shares;
- ``sparql``: the protocol; ``description``: what the endpoint and the data say of themselves;
- ``folder``: the pages of the site;
- ``linked``: the path of each IRI, and ``ontology`` that of the vocabulary; ``pages``: their HTML;
- ``negotiation``: which form a client gets; ``problems``: how errors are told;
- ``envelope``: what every answer carries, and the log.

It needs the libraries of the extra ``rolegraph[web]``, which no other room imports.
"""
