(function () {
  const root = document.currentScript && document.currentScript.closest('.tb-x');
  if (!root) return;
  const d = JSON.parse(root.querySelector('script[type="application/json"]').textContent), word = function (i) { return d.w[i]; };
  let moves = []; // [thread, what it did, node]
  const here = function () { return d.n[moves.length ? moves[moves.length - 1][2] : 0]; };
  const make = function (tag, text, parent, look) {
    const e = document.createElement(tag);
    e.textContent = text;
    if (look) e.className = look;
    parent.append(e);
    return e;
  };
  const live = document.createElement('div'), said = make('p', '', live), bar = make('div', '', live, 'bar');
  const tools = make('div', '', live, 'bar'), wide = make('div', '', live, 'wide');
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', 'Who does the next step?');
  said.setAttribute('role', 'status');
  wide.tabIndex = 0;
  const undo = make('button', '↶ undo', tools), again = make('button', '|◀ from here again', tools);
  undo.type = again.type = 'button';
  undo.title = 'Key: Backspace';
  undo.onclick = function () { moves.pop(); show(); };
  again.onclick = function () { moves = []; show(); };

  function ways(t) { // [label, what it did, node] for each way of a thread's next step
    const m = here()[2][t], all = [];
    for (let i = 2; m && i < m.length; i += 2) {
      const more = m.length > 4 ? ', way ' + i / 2 + ' of ' + (m.length - 2) / 2 : '';
      all.push([word(m[0]) + more, m[i], m[i + 1], word(m[1])]);
    }
    return all;
  }
  function go(t, way) {
    const one = ways(t)[way];
    if (one && one[2] >= 0) { moves.push([t, one[1], one[2]]); show(); }
  }
  function button(t, key, label, small, on) {
    const b = make('button', '', bar);
    b.type = 'button';
    b.dataset.key = key;
    make('strong', d.t[t], b);
    b.append(' ' + label);
    if (small) { b.append(document.createElement('br')); make('small', small, b); }
    b.disabled = !on;
    if (on) b.onclick = on;
  }
  function show() {
    const key = bar.contains(document.activeElement) ? document.activeElement.dataset.key : null, node = here();
    bar.textContent = '';
    let cut = false;
    d.t.forEach(function (name, t) {
      const m = node[2][t], all = ways(t);
      if (!m || m === 1) button(t, t, m ? 'has not begun' : 'has ended', '', null);
      else if (!all.length) button(t, t, word(m[0]), '', null);
      all.forEach(function (one, i) {
        const beyond = one[2] < 0;
        cut = cut || beyond;
        button(t, t + '/' + i, one[0], beyond ? 'not in this page' : one[3], beyond ? null : function () { go(t, i); });
      });
    });
    undo.disabled = again.disabled = !moves.length;
    if (key !== null) {
      const same = bar.querySelector('[data-key="' + key + '"]');
      (same && !same.disabled ? same : bar.querySelector('button:not([disabled])') || undo).focus();
    }
    const end = word(node[3]);
    const stuck = node[2].some(function (m) { return m && m.length === 1; });
    said.className = end ? (stuck ? 'bad' : 'open') : '';
    said.textContent = end ? 'Outcome: ' + end + (stuck ? '. ' + waiting(node) : '')
      : cut ? 'This page holds only the first ' + d.n.length + ' situations. Go on from the notebook, with step("…").'
      : 'Who does the next step?';
    table();
  }
  function waiting(node) {
    return d.t.map(function (name, t) { const m = node[2][t]; return m && m.length === 1 ? name + ' ' + word(m[0]) : ''; })
      .filter(Boolean).join('; ') + ', for ever.';
  }
  function table() {
    wide.textContent = '';
    const t = make('table', '', wide), held = d.n.some(function (n) { return n[1].some(Boolean); });
    make('caption', 'What has happened', t);
    const head = make('tr', '', make('thead', '', t)), body = make('tbody', '', t);
    ['step'].concat(d.t, d.v, held ? ['locks held'] : []).forEach(function (h) { make('th', h, head).scope = 'col'; });
    const locks = function (node) { return d.t.map(function (name, i) { return node[1][i] ? name + ': ' + word(node[1][i]) : ''; }).filter(Boolean).join('; '); };
    const rows = d.h.concat(moves);
    let before = null, last = -1;
    row(0, null, [d.h.length ? d.b : d.n[0][0], []]);
    rows.forEach(function (m, i) { row(i + 1, m, i < d.h.length ? [m[2], m[3]] : d.n[m[2]]); });
    function row(number, m, node) {
      const r = make('tr', '', body);
      const turned = m && last >= 0 && last !== m[0];
      if (turned) r.className = 'sw';
      make('th', number + (turned ? ' ⇄' : ''), r).scope = 'row';
      d.t.forEach(function (name, t) { make('td', m && m[0] === t ? word(m[1]) : '', r, m && m[0] === t ? 'run' : ''); });
      d.v.forEach(function (name, v) {
        const now = word(node[0][v] || 0), old = before ? word(before[0][v] || 0) : now;
        const c = make('td', '', r, old && old !== now ? 'new' : '');
        if (old && old !== now) { make('del', old, c); c.append(' '); make('strong', now, c); } else c.append(now);
      });
      if (held) make('td', locks(node), r);
      before = node;
      if (m) last = m[0];
    }
  }
  root.setAttribute('data-lm-suppress-shortcuts', 'true'); // JupyterLab leaves the keys to us
  root.addEventListener('keydown', function (e) {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    if (e.key >= '1' && e.key <= '9') go(e.key - 1, 0);
    else if (e.key === 'Backspace' && moves.length) { moves.pop(); show(); }
    else return;
    e.preventDefault();
    e.stopPropagation();
  });
  root.querySelector('.still').hidden = true;
  root.append(live);
  show();
})();
