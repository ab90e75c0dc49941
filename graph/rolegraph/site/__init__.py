"""The architecture as pages for a browser: every file of the site, made when it is asked for.

- ``contents`` lists the files and makes each one by its path; ``writing`` writes them into a folder;
- ``book``: what every page is made from; ``addresses``: where each entry has its page; ``wording``: the texts of pages;
- ``chapters/``: one module for each kind of page; ``data/``: what scripts of pages compute from;
- ``templates/``, ``assets/``, ``texts/``: the files themselves: HTML, styles and scripts, texts by language.

The pages need no server: they open from a folder, and ``rolegraph serve`` shows the same ones.
"""
