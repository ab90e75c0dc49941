"""The JSON API under ``/api/``: the questions of the command line over HTTP, with its very answers.

- ``endpoints``: every question with its parameters, in one table; ``parameters``: how they are read;
- ``answering``: how a request is answered; ``description``: the OpenAPI document, and the page for people.
"""
