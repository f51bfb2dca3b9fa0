# The doors. Each does all the set-up it needs; a step of it that holds already costs nothing.
# What they do stands in kernel/setup.
.DEFAULT_GOAL := help
DOOR := @sh kernel/setup/door

help:       ## show this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile
lab:        ## open the lessons in JupyterLab (LAB_ARGS='--no-browser --port 9999')
	$(DOOR) lab $(LAB_ARGS)
test:       ## test everything: library, kernel, JupyterLab, lessons, handouts
	$(DOOR) test $(TEST_ARGS)
install:    ## put the Java kernel into build/env; the last line is its folder
	$(DOOR) install
notebooks:  ## run every lesson in a fresh kernel, into build/notebooks
	$(DOOR) notebooks
handouts:   ## write every lesson as one HTML file, into build/handouts
	$(DOOR) handouts
bench:      ## measure how fast the kernel starts, answers and leaves cells, what weaving and tracing cost, how fast it explores and starts processes, how true its global lock is
	$(DOOR) bench
check:      ## check what lessons owe, their links and prose, and the format of the sources
	$(DOOR) check
clean:      ## remove what was made; what was downloaded stays
	$(DOOR) clean
.PHONY: help lab test install notebooks handouts bench check clean
