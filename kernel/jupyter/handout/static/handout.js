// The page is complete without this script. It makes the charts live, folds all code at once,
// shows in the contents where the reader is, and opens what is folded before printing.
(() => {
  'use strict';

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /** The chart's layout in the colours of this page, as wide as the column. */
  function layoutHere(layout, height) {
    const here = structuredClone(layout ?? {});
    delete here.width;
    Object.assign(here, {
      height, autosize: true, paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
      font: { ...here.font, color: color('--ink'), family: getComputedStyle(document.body).fontFamily },
      modebar: { bgcolor: 'rgba(0,0,0,0)', color: color('--soft'), activecolor: color('--ink') },
      hoverlabel: { ...here.hoverlabel, bgcolor: color('--raised'), bordercolor: color('--line'), font: { color: color('--ink') } },
    });
    for (const name of new Set([...Object.keys(here), 'xaxis', 'yaxis'])) {
      if (/^[xy]axis\d*$/.test(name)) {
        here[name] = { automargin: true, ...here[name], gridcolor: color('--line'), linecolor: color('--soft'), zerolinecolor: color('--soft'), color: color('--ink') };
      }
    }
    return here;
  }

  /** Draws the chart over its picture; the picture stays where plotly cannot. */
  async function enliven(figure) {
    const still = figure.querySelector('.still');
    const live = figure.querySelector('.live');
    const chart = JSON.parse(figure.querySelector('script').textContent);
    // As high as the picture, so that the page does not jump; on a telephone that would be too flat to read.
    const height = Math.max(Math.round(still.getBoundingClientRect().height), 280);
    // The last two: plotly's modebar offers to upload the chart, and selections that mean nothing here.
    const config = { responsive: true, displaylogo: false, ...chart.config, showSendToCloud: false, modeBarButtonsToRemove: ['select2d', 'lasso2d'] };
    const draw = () => Plotly.react(live, chart.data, layoutHere(chart.layout, height), config);
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
