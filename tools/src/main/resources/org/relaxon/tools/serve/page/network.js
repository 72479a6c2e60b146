// The network as a picture: a pure function of the film, the cursor and what is chosen.

const NEGATIVE = [33, 102, 172];
const POSITIVE = [179, 88, 6];
const LOG_DECADES = 4;
const DOTS_MAX = 240;

const read = new Map();

/** A colour of the style sheet. Reading one makes the browser lay out the page, so it is kept. */
export function css(name) {
  if (!read.has(name)) {
    read.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  }
  return read.get(name);
}

window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => read.clear());

function parse(hex) {
  return [1, 3, 5].map(k => parseInt(hex.slice(k, k + 2), 16));
}

/** Blue below zero, orange above: told apart with any colour vision. */
export function colour(share, zero) {
  const end = share < 0 ? NEGATIVE : POSITIVE;
  const s = Math.min(1, Math.abs(share));
  return `rgb(${end.map((c, k) => Math.round(zero[k] + (c - zero[k]) * s)).join(' ')})`;
}

/** Sharpens a canvas for its size on the screen; returns its context and that size. */
export function prepare(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const w = canvas.clientWidth;
  const h = canvas.clientHeight;
  if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(h * ratio)) {
    canvas.width = Math.round(w * ratio);
    canvas.height = Math.round(h * ratio);
  }
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, w, h);
  return { context, w, h };
}

export class NetworkPicture {
  constructor(canvas) {
    this.canvas = canvas;
    this.key = 'x';
    this.range = 1;
    this.layout = null;
    this.chosenLink = null;
    this.chosenCell = null;
  }

  show(layout) {
    this.layout = layout;
    this.range = 1e-12;
  }

  /** Positions of neurons by population, and of cells. */
  place(w, h) {
    const { populations, cells } = this.layout;
    const columns = Math.max(...populations.map(p => p.column)) + 1;
    const radius = Math.max(4, Math.min(13, (h - 46) / 2.6 / Math.max(...populations.map(p => p.shown)),
        w / columns / 4));
    this.radius = radius;
    this.at = populations.map(p => {
      const beside = populations.filter(q => q.column === p.column);
      const total = beside.reduce((sum, q) => sum + q.shown + 1, -1);
      let before = 0;
      for (const q of beside) {
        if (q === p) {
          break;
        }
        before += q.shown + 1;
      }
      const gap = Math.min(3.4 * radius, (h - 46) / Math.max(1, total));
      const top = 30 + (h - 46 - gap * (total - 1)) / 2;
      const margin = radius + 14;
      const x = columns === 1 ? w / 2 : margin + (w - 2 * margin) * p.column / (columns - 1);
      return Array.from({ length: p.shown }, (_, n) => [x, top + gap * (before + n)]);
    });
    this.cellAt = cells.map(c => {
      const own = this.at[c.population];
      const first = own[Math.min(c.from, own.length - 1)];
      const last = own[Math.min(c.to, own.length) - 1];
      return [first[0], (first[1] + last[1]) / 2, first[1], last[1]];
    });
  }

  share(value) {
    if (value === null || value === undefined) {
      return null;
    }
    if (this.key === 'x') {
      return value / this.range;
    }
    const size = Math.abs(value) / this.range;
    return size === 0 ? 0 : Math.sign(value) * Math.max(0, 1 + Math.log10(size) / LOG_DECADES);
  }

  draw(film, travel, still) {
    const { context: g, w, h } = prepare(this.canvas);
    if (!this.layout || w === 0) {
      return;
    }
    this.place(w, h);
    const zero = parse(css('--zero'));
    const frame = film.shown;
    const values = frame ? frame[this.key] || [] : [];
    for (const row of values) {
      for (const v of row) {
        if (v !== null && Math.abs(v) > this.range) {
          this.range = Math.abs(v);
        }
      }
    }
    this.links(g);
    this.boxes(g);
    if (frame) {
      this.dots(g, film, travel, still);
    }
    this.layout.populations.forEach((p, k) => {
      this.at[k].forEach(([x, y], n) => {
        const value = p.input ? (this.key === 'x' ? p.input[n] : null) : (values[k] || [])[n];
        const share = this.share(value);
        g.beginPath();
        g.arc(x, y, this.radius, 0, 2 * Math.PI);
        g.fillStyle = share === null ? css('--panel') : colour(share, zero);
        g.fill();
        g.strokeStyle = css('--soft');
        g.lineWidth = 1;
        g.stroke();
      });
      g.fillStyle = css('--soft');
      g.font = '12px system-ui, sans-serif';
      const first = p.column === 0;
      const last = p.column === Math.max(...this.layout.populations.map(q => q.column));
      g.textAlign = first ? 'left' : last ? 'right' : 'center';
      const x = first ? 2 : last ? w - 2 : this.at[k][0][0];
      const size = p.shown < p.size ? `${p.shown} of ${p.size}` : `${p.size}`;
      g.fillText(`${p.name}: ${size}`, x, Math.max(12, this.at[k][0][1] - this.radius - 8));
    });
    this.chosen(g);
  }

  links(g) {
    const { projections } = this.layout;
    g.lineWidth = 1;
    for (const e of projections) {
      const chosen = this.chosenLink && this.isChosen(e);
      g.strokeStyle = chosen ? css('--bad') : css('--line');
      g.globalAlpha = chosen ? 0.9 : 0.55;
      const from = this.at[e.pre];
      const to = this.at[e.post];
      const many = from.length * to.length > 200;
      g.beginPath();
      from.forEach((a, i) => to.forEach((b, k) => {
        if (!many || (i + k) % Math.ceil(from.length * to.length / 200) === 0) {
          g.moveTo(a[0], a[1]);
          g.lineTo(b[0], b[1]);
        }
      }));
      g.stroke();
    }
    g.globalAlpha = 1;
  }

  isChosen(e) {
    const { populations } = this.layout;
    const names = [populations[e.pre].name, populations[e.post].name];
    return names.includes(this.chosenLink.from) && names.includes(this.chosenLink.to);
  }

  /** A frame around the neurons of a cell that has several. */
  boxes(g) {
    g.strokeStyle = css('--soft');
    g.lineWidth = 1;
    this.layout.cells.forEach((c, k) => {
      if (c.to - c.from > 1) {
        const [x, , top, bottom] = this.cellAt[k];
        const r = this.radius + 5;
        g.strokeRect(x - r, top - r, 2 * r, bottom - top + 2 * r);
      }
    });
  }

  chosen(g) {
    const k = this.layout.cells.findIndex(c => c.name === this.chosenCell);
    if (k >= 0) {
      const [x, , top, bottom] = this.cellAt[k];
      const r = this.radius + 4;
      g.strokeStyle = css('--bad');
      g.lineWidth = 3;
      g.strokeRect(x - r, top - r, 2 * r, bottom - top + 2 * r);
    }
  }

  /** Messages that arrive within their travel time from the moment shown, each on its way. */
  dots(g, film, travel, still) {
    const at = Math.max(0, Math.min(film.head, Math.floor(film.cursor)));
    const here = film.frames[at];
    const next = film.frames[Math.min(film.head, at + 1)];
    const part = Math.min(1, film.cursor - at);
    const now = here.t + (next.phase === here.phase ? (next.t - here.t) * part : 0);
    let drawn = 0;
    let span = 1; // frames whose messages are on their way
    while (at + span < film.head && film.frames[at + span].t - now <= travel) {
      span++;
    }
    const most = Math.ceil(DOTS_MAX / (still ? 1 : span)); // of a frame, so that no part of a way is empty
    g.fillStyle = css('--ink');
    g.strokeStyle = css('--ink');
    for (let k = at + (still ? 0 : 1); k < film.frames.length && drawn < DOTS_MAX; k++) {
      const f = film.frames[k];
      const ahead = f.t - now;
      if (f.phase !== here.phase || ahead > travel || still && k > at) {
        break;
      }
      const progress = Math.max(0, Math.min(1, 1 - ahead / travel));
      const step = 3 * Math.max(1, Math.ceil(f.ways.length / 3 / most));
      for (let i = 0; i + 2 < f.ways.length && drawn < DOTS_MAX; i += step) {
        const a = this.cellAt[f.ways[i]];
        const b = this.cellAt[f.ways[i + 1]];
        drawn++;
        if (still) {
          g.globalAlpha = 0.5;
          g.beginPath();
          g.moveTo(a[0], a[1]);
          g.lineTo(b[0], b[1]);
          g.stroke();
          g.globalAlpha = 1;
        } else {
          // arrivals of one frame are spread over the time that it spans
          const spread = (f.t - film.frames[k - 1].t) / travel * ((i * 37 + k * 11) % 31) / 31;
          const way = Math.max(0, Math.min(1, progress + spread));
          g.beginPath();
          g.arc(a[0] + (b[0] - a[0]) * way, a[1] + (b[1] - a[1]) * way,
              Math.min(5, 1.6 + 0.5 * f.ways[i + 2]), 0, 2 * Math.PI);
          g.fill();
        }
      }
    }
  }

  /** The cell or the projection at a point of the canvas. */
  hit(x, y) {
    if (!this.layout || !this.cellAt) {
      return {};
    }
    const reach = this.radius + 6;
    const k = this.cellAt.findIndex(([cx, , top, bottom]) =>
      Math.abs(x - cx) <= reach && y >= top - reach && y <= bottom + reach);
    if (k >= 0) {
      return { cell: this.layout.cells[k].name };
    }
    const e = this.layout.projections.find(p => {
      if (this.layout.populations[p.pre].role === 'input') {
        return false;
      }
      const a = this.at[p.pre][0][0];
      const b = this.at[p.post][0][0];
      return x > Math.min(a, b) && x < Math.max(a, b);
    });
    const { populations } = this.layout;
    return e ? { link: { from: populations[e.pre].name, to: populations[e.post].name } } : {};
  }

  scale(canvas) {
    const { context: g, w, h } = prepare(canvas);
    const zero = parse(css('--zero'));
    for (let x = 0; x < w; x++) {
      g.fillStyle = colour(2 * x / w - 1, zero);
      g.fillRect(x, 0, 1, h);
    }
  }
}
