"""JupyterLab without news and updates: on a projector the first thing to see is the lesson."""

c = get_config()  # noqa: F821  Jupyter's loader puts it here

c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
