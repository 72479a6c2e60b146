// Small charts over the frames seen, with a line at the one that is shown.

import { css, prepare } from './network.js';

function finite(values) {
  return values.filter(v => v !== null && Number.isFinite(v));
}

export class Chart {
  /** @param value of a frame and the frame before it; null for none */
  constructor(name, value, log) {
    this.canvas = document.getElementById(name);
    this.text = document.getElementById(name + '-text');
    this.value = value;
    this.log = log;
  }

  at(frames, k) {
    return this.value(frames[k], k > 0 ? frames[k - 1] : null);
  }

  draw(film) {
    const { context: g, w, h } = prepare(this.canvas);
    const frames = film.frames;
    if (frames.length === 0 || w === 0) {
      this.text.textContent = '';
      return;
    }
    const every = Math.max(1, Math.floor(frames.length / w));
    const points = [];
    for (let k = 0; k < frames.length; k += every) {
      const v = this.at(frames, k);
      const y = this.log ? (v > 0 ? Math.log10(v) : null) : v;
      points.push([k, y]);
    }
    const all = finite(points.map(p => p[1]));
    const low = Math.min(...all);
    const high = Math.max(...all);
    const span = high - low || 1;
    const left = 46;
    const x = k => left + (w - left - 4) * (frames.length < 2 ? 0 : k / (frames.length - 1));
    const y = v => 8 + (h - 16) * (1 - (v - low) / span);
    this.axis(g, low, high, y, all.length === 0);
    this.phases(g, frames, x, h);
    g.strokeStyle = css('--accent');
    g.lineWidth = 1.6;
    g.beginPath();
    let open = false;
    for (const [k, v] of points) {
      if (v === null || !Number.isFinite(v)) {
        open = false;
        continue;
      }
      if (open) {
        g.lineTo(x(k), y(v));
      } else {
        g.moveTo(x(k), y(v));
      }
      open = true;
    }
    g.stroke();
    const at = Math.max(0, Math.min(film.head, Math.floor(film.cursor)));
    g.strokeStyle = css('--bad');
    g.lineWidth = 1;
    g.beginPath();
    g.moveTo(x(at), 4);
    g.lineTo(x(at), h - 4);
    g.stroke();
    const shown = this.at(frames, at);
    this.text.textContent = shown === null || !Number.isFinite(shown) ? 'not known' : number(shown);
  }

  axis(g, low, high, y, none) {
    g.fillStyle = css('--soft');
    g.font = '11px system-ui, sans-serif';
    g.textAlign = 'left';
    if (none) {
      g.fillText('not known here', 4, 20);
      return;
    }
    const short = v => number(this.log ? 10 ** v : v);
    const label = short(high) === short(low) ? v => String(Number(v.toPrecision(6))) : short;
    g.fillText(label(high), 0, y(high) + 8);
    if (high > low) {
      g.fillText(label(low), 0, y(low));
    }
  }

  phases(g, frames, x, h) {
    g.strokeStyle = css('--line');
    g.setLineDash([3, 3]);
    for (let k = 1; k < frames.length; k++) {
      if (frames[k].phase !== frames[k - 1].phase) {
        g.beginPath();
        g.moveTo(x(k), 0);
        g.lineTo(x(k), h);
        g.stroke();
      }
    }
    g.setLineDash([]);
  }
}

export function number(v) {
  const a = Math.abs(v);
  if (v === 0) {
    return '0';
  }
  return a >= 1e-3 && a < 1e5 ? String(Number(v.toPrecision(3))) : v.toExponential(1);
}

/** Messages that arrived per millisecond of virtual time, smoothed over a few frames. */
export function rate(frame, before) {
  if (!before || before.phase !== frame.phase || frame.t <= before.t) {
    return null;
  }
  return (frame.received - before.received) / ((frame.t - before.t) / 1e6);
}
