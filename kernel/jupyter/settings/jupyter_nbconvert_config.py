"""`jupyter nbconvert --to html` gives the handout too, as the menu does."""

c = get_config()  # noqa: F821  Jupyter's loader puts it here

c.HTMLExporter.template_name = "handout"
