// Curves over steps, several in one chart, each with a stroke of its own.

const STROKES = [
  { colour: '--accent', dash: [] },
  { colour: '--bad', dash: [6, 4] },
  { colour: '--good', dash: [2, 3] },
  { colour: '--soft', dash: [8, 3, 2, 3] },
];

function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function number(v) {
  const a = Math.abs(v);
  if (v === 0) {
    return '0';
  }
  return a >= 1e-3 && a < 1e5 ? String(Number(v.toPrecision(4))) : v.toExponential(2);
}

/** Draws curves {name, steps, values}; on a logarithmic axis values of 0 are left out. */
export function draw(id, curves, log) {
  const canvas = document.getElementById(id);
  const ratio = window.devicePixelRatio || 1;
  const w = canvas.clientWidth;
  const h = canvas.clientHeight;
  canvas.width = Math.round(w * ratio);
  canvas.height = Math.round(h * ratio);
  const g = canvas.getContext('2d');
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, w, h);
  const shown = curves.map(c => ({
    name: c.name,
    points: c.steps.map((s, k) => [s, log ? Math.log10(c.values[k]) : c.values[k]])
      .filter(p => Number.isFinite(p[1])),
  })).filter(c => c.points.length > 0);
  key(id, shown);
  g.font = '11px system-ui, sans-serif';
  g.fillStyle = css('--soft');
  if (shown.length === 0) {
    g.fillText('not known yet', 4, 20);
    return;
  }
  const all = shown.flatMap(c => c.points);
  const low = Math.min(...all.map(p => p[1]));
  const high = Math.max(...all.map(p => p[1]));
  const first = Math.min(...all.map(p => p[0]));
  const last = Math.max(...all.map(p => p[0]));
  const left = 62;
  const x = s => left + (w - left - 8) * (last > first ? (s - first) / (last - first) : 0.5);
  const y = v => 10 + (h - 36) * (high > low ? 1 - (v - low) / (high - low) : 0.5);
  const text = v => number(log ? 10 ** v : v);
  g.fillText(text(high), 0, y(high) + 4);
  if (high > low) {
    g.fillText(text(low), 0, y(low) + 4);
  }
  g.fillText('step ' + first, left, h - 6);
  g.textAlign = 'right';
  g.fillText(String(last), w - 8, h - 6);
  g.textAlign = 'left';
  shown.forEach((c, k) => line(g, c.points, x, y, STROKES[k % STROKES.length]));
}

function line(g, points, x, y, stroke) {
  g.strokeStyle = css(stroke.colour);
  g.fillStyle = g.strokeStyle;
  g.lineWidth = 1.8;
  g.setLineDash(stroke.dash);
  g.beginPath();
  points.forEach((p, k) => (k === 0 ? g.moveTo(x(p[0]), y(p[1])) : g.lineTo(x(p[0]), y(p[1]))));
  g.stroke();
  g.setLineDash([]);
  if (points.length < 30) {
    for (const p of points) {
      g.beginPath();
      g.arc(x(p[0]), y(p[1]), 2.5, 0, 2 * Math.PI);
      g.fill();
    }
  }
}

/** Names with their strokes, as text that a screen reader reads as well. */
function key(id, curves) {
  const place = document.getElementById(id + '-key');
  const names = curves.map(c => c.name).join('\n');
  if (place.dataset.names === names) {
    return;
  }
  place.dataset.names = names;
  place.replaceChildren(...curves.map((c, k) => {
    const one = document.createElement('span');
    one.className = 'stroke-' + (k % STROKES.length);
    one.textContent = c.name;
    return one;
  }));
}
