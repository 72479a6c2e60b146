// The form: what it shows of the present run, and what it requests.

const byId = id => document.getElementById(id);
const PLAIN = ['algorithm', 'beta', 'granularity', 'discipline', 'threshold', 'seed'];
const UNITS = { ns: 1e-6, us: 1e-3, ms: 1, s: 1e3 };

function options(select, choices) {
  const texts = choices.map(c => c.name + '\n' + c.text).join('\n');
  if (select.dataset.made === texts) {
    return;
  }
  select.dataset.made = texts;
  select.replaceChildren(...choices.map(c => {
    const one = document.createElement('option');
    one.value = c.value === undefined ? c.name : c.value;
    one.textContent = c.text ? `${c.name}: ${c.text}` : c.name;
    return one;
  }));
}

/** Keeps a value that the list lacks. */
function choose(select, value) {
  if (![...select.options].some(o => o.value === value)) {
    const one = document.createElement('option');
    one.value = value;
    one.textContent = value;
    select.append(one);
  }
  select.value = value;
}

function millis(text) {
  const m = /^([0-9.]+)(ns|us|ms|s)$/.exec(text);
  return m ? Number(m[1]) * UNITS[m[2]] : NaN;
}

/** Family and mean of a delay as options state it; the family "given" for any other. */
function readDelay(text) {
  const [family, rest = ''] = text.split(':');
  const parts = rest.split(',');
  if (text === '' || text === 'none') {
    return { family: 'none' };
  }
  const first = millis(parts[0]);
  if ((family === 'constant' || family === 'exponential') && parts.length === 1 && first > 0) {
    return { family, mean: first };
  }
  if (family === 'uniform' && parts.length === 2 && first === 0) {
    return { family, mean: millis(parts[1]) / 2 };
  }
  if (family === 'pareto' && parts[1] === '1.5') {
    return { family, mean: first * 3 };
  }
  return { family: 'given', text };
}

function nanos(ms) {
  return Math.max(1, Math.round(ms * 1e6)) + 'ns';
}

export class Controls {
  constructor(start) {
    this.start = start;
    this.given = '';
    byId('form').addEventListener('submit', e => {
      e.preventDefault();
      start(this.values());
    });
    byId('mean').addEventListener('input', () => this.texts());
    byId('drop').addEventListener('input', () => this.texts());
    byId('mean').addEventListener('change', () => {
      if (byId('family').value === 'none') {
        byId('family').value = 'constant';
      }
      start(this.values());
    });
    byId('dynamics').addEventListener('change', () => this.texts());
    byId('family').addEventListener('change', () => this.texts());
  }

  show(state) {
    const c = state.controls;
    options(byId('algorithm'), state.choices.algorithm);
    options(byId('discipline'), [{ name: "the algorithm's own", value: '', text: '' },
      ...state.choices.discipline.map(d => d.name.includes(':') ? { ...d, name: 'poisson:1000' } : d)]);
    for (const name of PLAIN) {
      const field = byId(name);
      if (field.tagName === 'SELECT') {
        const preset = { algorithm: 'pc-nudge', granularity: 'neuron', discipline: '' }[name];
        choose(field, c[name] || preset);
      } else {
        field.value = c[name];
      }
    }
    const [kind, step] = c.dynamics.split(':');
    choose(byId('dynamics'), kind === 'gradient' ? kind : c.dynamics);
    if (step && kind === 'gradient') {
      byId('stepsize').value = step;
    }
    const delay = readDelay(c.delay);
    this.given = delay.text || '';
    byId('family').value = delay.family;
    if (delay.mean) {
      byId('mean').value = Math.log10(delay.mean);
    }
    byId('drop').value = Number(c.drop || 0);
    byId('family').querySelector('[value="given"]').textContent = this.given || 'as given';
    byId('family').querySelector('[value="given"]').hidden = !this.given;
    this.texts();
  }

  get mean() {
    return 10 ** Number(byId('mean').value);
  }

  texts() {
    const none = ['none', 'given'].includes(byId('family').value);
    byId('mean-text').textContent = none ? '' : Number(this.mean.toPrecision(3)) + ' ms';
    byId('drop-text').textContent = Math.round(Number(byId('drop').value) * 100) + ' %';
    byId('stepsize').disabled = byId('dynamics').value !== 'gradient';
  }

  delay() {
    const mean = this.mean;
    switch (byId('family').value) {
      case 'none': return 'none';
      case 'given': return this.given;
      case 'uniform': return 'uniform:0ns,' + nanos(2 * mean);
      case 'pareto': return 'pareto:' + nanos(mean / 3) + ',1.5';
      default: return byId('family').value + ':' + nanos(mean);
    }
  }

  values() {
    const out = {};
    for (const name of PLAIN) {
      out[name] = byId(name).value.trim();
    }
    const dynamics = byId('dynamics').value;
    out.dynamics = dynamics === 'gradient' ? 'gradient:' + byId('stepsize').value.trim() : dynamics;
    out.delay = this.delay();
    out.drop = Number(byId('drop').value) > 0 ? String(Number(byId('drop').value)) : '';
    return out;
  }
}

/** The lists of links and cells that faults can strike. */
export function showTargets(layout) {
  const names = layout.populations.map(p => p.name);
  const links = [];
  for (const e of layout.projections) {
    if (layout.populations[e.pre].role !== 'input') { // an input has no cell and sends nothing
      links.push({ name: `${names[e.pre]}->${names[e.post]}`, text: 'activity' });
      links.push({ name: `${names[e.post]}->${names[e.pre]}`, text: 'feedback' });
    }
  }
  options(byId('link'), links);
  options(byId('cell'), layout.cells.map(c => ({ name: c.name, text: '' })));
}
