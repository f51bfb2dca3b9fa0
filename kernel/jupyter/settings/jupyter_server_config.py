"""How any Jupyter server of this environment runs: JupyterLab, Notebook or a bare server."""

import os

c = get_config()  # noqa: F821  Jupyter's loader puts it here

# Java is what lessons are written in. ipykernel comes with JupyterLab; its Python 3 is not offered, so
# that nobody opens a lesson with it by mistake.
c.MultiKernelManager.default_kernel_name = "java"
c.KernelSpecManager.ensure_native_kernel = False
c.KernelSpecManager.allowed_kernelspecs = {"java"}

# Past 1 MB/s the stock server silently drops everything a busy cell sends, its result and its error too.
# The kernel paces itself below that, unless this variable tells it what the server lets through. It is
# set here, beside the limit it speaks of, because kernels inherit the server's environment.
BYTES_PER_SECOND = 100_000_000
MESSAGES_PER_SECOND = 10_000
c.ZMQChannelsWebsocketConnection.iopub_data_rate_limit = float(BYTES_PER_SECOND)
c.ZMQChannelsWebsocketConnection.iopub_msg_rate_limit = float(MESSAGES_PER_SECOND)
os.environ["THREADBOOK_IOPUB_RATE"] = f"{BYTES_PER_SECOND},{MESSAGES_PER_SECOND}"

# Save and Export Notebook As → HTML gives the handout. The stock template, with "Sanitize HTML output"
# preset in that menu, shows headings and charts as source text.
c.HTMLExporter.template_name = "handout"
