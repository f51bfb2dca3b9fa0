// The page is complete without this script. It makes the charts live, folds all code at once,
// shows in the contents where the reader is, and opens what is folded before printing.
(() => {
  'use strict';

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // The library's words for ink, rules and paper: threadbook.lab.figure.Palette.
  const palette = { '#333333': '--ink', '#dddddd': '--line', '#ffffff': '--ground' };

  /** The chart's data, layout and settings in the colours of this page, as wide as the column. */
  function chartHere(text, height) {
    const chart = JSON.parse(Object.entries(palette).reduce((json, [word, name]) => json.replaceAll(word, color(name)), text));
    chart.layout = {
      ...chart.layout, width: undefined, height, autosize: true,
      margin: { ...chart.layout?.margin, l: 50, r: 16, b: 50 },
      modebar: { bgcolor: 'rgba(0,0,0,0)', color: color('--soft'), activecolor: color('--ink') },
    };
    // No button that uploads the chart, and no selections: they mean nothing here.
    chart.config = { ...chart.config, responsive: true, displaylogo: false, showSendToCloud: false, modeBarButtonsToRemove: ['select2d', 'lasso2d'] };
    return chart;
  }

  /** Draws the chart over its picture; the picture stays where plotly cannot. */
  async function enliven(figure) {
    const still = figure.querySelector('.still');
    const live = figure.querySelector('.live');
    const text = figure.querySelector('script').textContent;
    // As high as the picture, so that the page does not jump; on a telephone that would be too flat to read.
    const height = Math.max(Math.round(still.getBoundingClientRect().height), 280);
    const draw = () => {
      const { data, layout, config } = chartHere(text, height);
      return Plotly.react(live, data, layout, config);
    };
    figure.classList.add('is-drawing');
    try {
      await draw();
      figure.classList.add('is-live');
      dark.addEventListener('change', draw);
    } finally {
      figure.classList.remove('is-drawing');
    }
  }

  if (window.Plotly) {
    const near = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) {
          near.unobserve(target);
          enliven(target);
        }
      }
    }, { rootMargin: '400px' });
    document.querySelectorAll('figure.chart').forEach((figure) => near.observe(figure));
  }

  const inputs = [...document.querySelectorAll('details.input')];
  const contents = document.querySelector('.contents');
  if (contents && inputs.length) {
    const button = document.createElement('button');
    const name = () => { button.textContent = inputs.some((input) => input.open) ? 'Hide all code' : 'Show all code'; };
    button.className = 'fold';
    button.type = 'button';
    button.addEventListener('click', () => {
      const open = !inputs.some((input) => input.open);
      inputs.forEach((input) => { input.open = open; });
      name();
    });
    inputs.forEach((input) => input.addEventListener('toggle', name));
    name();
    contents.append(button);
  }

  if (contents) {
    const links = [...contents.querySelectorAll('a')];
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const mark = () => {
      const passed = headings.filter((heading) => heading && heading.getBoundingClientRect().top < innerHeight / 3).length;
      links.forEach((link, index) => (index === passed - 1 ? link.setAttribute('aria-current', 'location') : link.removeAttribute('aria-current')));
    };
    addEventListener('scroll', mark, { passive: true });
    mark();
  }

  // Browsers that do not know ::details-content print only what is open.
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')];
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener('afterprint', () => { opened.forEach((details) => { details.open = false; }); });
})();
