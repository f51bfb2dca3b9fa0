(function () {
  const figure = document.currentScript && document.currentScript.closest('figure');
  const settings = document.getElementById('jupyter-config-data');
  if (!figure || !settings) return; // not a page of Jupyter: the picture stays
  const still = figure.querySelector('img');
  const text = figure.querySelector('script[type="application/json"]').textContent;
  const base = JSON.parse(settings.textContent).baseUrl || '/';

  // Loaded once per page. plotly.js would take a loader of modules for its own, so it is hidden meanwhile.
  window.threadbookPlotly = window.threadbookPlotly || new Promise(function (done, failed) {
    const script = document.createElement('script'), define = window.define;
    window.define = undefined;
    script.src = base + 'kernelspecs/KERNELSPEC/plotly.min.js';
    script.onload = function () { window.define = define; done(window.Plotly); };
    script.onerror = function () { window.define = define; failed(); };
    document.head.append(script);
  });

  // Ink, rules and paper of the chart become those of the page's theme.
  function themed() {
    const css = getComputedStyle(document.body);
    const colour = function (name, other) { return JSON.stringify(css.getPropertyValue(name).trim() || other).slice(1, -1); };
    const chart = JSON.parse(text
      .replaceAll('INK', colour('--jp-ui-font-color0', 'INK'))
      .replaceAll('RULE', colour('--jp-border-color2', 'RULE'))
      .replaceAll('PAPER', colour('--jp-layout-color0', 'PAPER')));
    delete chart.layout.width;
    chart.layout.autosize = true;
    chart.layout.modebar = { bgcolor: 'rgba(0,0,0,0)', orientation: 'v' };
    chart.config = Object.assign({ displaylogo: false, modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'] },
      chart.config, { responsive: true, showSendToCloud: false });
    return chart;
  }

  window.threadbookPlotly.then(function (Plotly) {
    if (!figure.isConnected) return; // the output was replaced meanwhile
    const live = document.createElement('div'), first = themed();
    live.setAttribute('role', 'img');
    live.setAttribute('aria-label', still.alt);
    live.style.cssText = 'position:absolute;inset:0;visibility:hidden;height:' + first.layout.height + 'px';
    figure.append(live);
    return Plotly.newPlot(live, first.data, first.layout, first.config).then(function () {
      still.style.display = 'none';
      live.style.position = 'relative';
      live.style.visibility = '';
      const width = new ResizeObserver(function () { if (live.offsetWidth) Plotly.Plots.resize(live); });
      width.observe(live);
      const theme = new MutationObserver(function () {
        if (!figure.isConnected) { theme.disconnect(); width.disconnect(); return; }
        // The theme's style sheet arrives after the attribute.
        setTimeout(function () { const c = themed(); Plotly.react(live, c.data, c.layout, c.config); }, 300);
      });
      theme.observe(document.body, { attributeFilter: ['data-jp-theme-name'] });
    }, function () { live.remove(); });
  }).catch(function () {}); // no plotly.js, or it cannot draw this: the picture stays
})();
