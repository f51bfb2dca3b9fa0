(function () {
  const root = document.currentScript && document.currentScript.closest('.tb-x');
  const rows = root ? [...root.querySelectorAll('tr[data-said]')] : [];
  if (rows.length < 2) return;
  let at = rows.length - 1;
  const bar = document.createElement('div'), said = document.createElement('span');
  bar.className = 'bar';
  said.setAttribute('role', 'status');
  function show(n, quiet) {
    at = Math.max(0, Math.min(rows.length - 1, n));
    rows.forEach(function (row, i) {
      row.classList.toggle('now', i === at);
      row.classList.toggle('later', i > at);
    });
    if (!quiet) said.textContent = rows[at].dataset.said;
    buttons.forEach(function (b) { b[0].setAttribute('aria-disabled', b[2]() === at); });
  }
  const buttons = [
    ['|◀ begin', 'Home', function () { return 0; }],
    ['◀ back', 'ArrowLeft', function () { return Math.max(0, at - 1); }],
    ['step ▶', 'ArrowRight', function () { return Math.min(rows.length - 1, at + 1); }],
    ['end ▶|', 'End', function () { return rows.length - 1; }]
  ].map(function (one) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = one[0];
    button.title = 'Key: ' + one[1].replace('Arrow', 'arrow ');
    button.onclick = function () { show(one[2]()); };
    bar.append(button);
    return [button, one[1], one[2]];
  });
  bar.append(said);
  root.setAttribute('data-lm-suppress-shortcuts', 'true'); // JupyterLab leaves the keys to us
  root.addEventListener('keydown', function (e) {
    const b = buttons.find(function (b) { return b[1] === e.key; });
    if (b && !e.ctrlKey && !e.altKey && !e.metaKey) { e.preventDefault(); e.stopPropagation(); show(b[2]()); }
  });
  root.insertBefore(bar, root.querySelector('.wide'));
  show(at, true);
})();
