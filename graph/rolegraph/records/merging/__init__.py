"""What a source states and what a data folder holds -> one job architecture, its changes, and notes for a person.

``merge`` joins the two; ``meeting`` settles who has the say over a field; ``adopt`` finds the skills of the folder
that the source means; ``changes`` puts the outcome into words.
"""
