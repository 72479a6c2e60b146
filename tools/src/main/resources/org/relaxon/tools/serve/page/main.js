// The live page: receives states and frames, and draws the frame at the cursor.

import { Chart, number, rate } from './charts.js';
import { Controls, showTargets } from './controls.js';
import { change, listen, read } from './desk.js';
import { Film } from './film.js';
import { NetworkPicture } from './network.js';
import { showVerdict } from './verdict.js';

const byId = id => document.getElementById(id);
const film = new Film();
const picture = new NetworkPicture(byId('network'));
const charts = [
  new Chart('energy', f => f.energy, false),
  new Chart('residual', f => f.residual, true),
  new Chart('rate', rate, false),
  new Chart('flight', f => f.flying, false),
];
const still = window.matchMedia('(prefers-reduced-motion: reduce)');
let state = null;
let shownRun = -1;
let dropped = 0;
let touched = false; // the colour was chosen by the user

async function request(action, values) {
  byId('error').textContent = await change(action, values);
}

const controls = new Controls(values => request('start', values));

function showState(next) {
  const fresh = next.film !== film.number;
  const known = state !== null && !fresh;
  state = next;
  if (fresh) {
    film.clear(next.film);
    dropped = 0;
  }
  if (shownRun !== next.run) {
    shownRun = next.run;
    document.documentElement.dataset.run = next.run;
    picture.show(next.layout);
    showTargets(next.layout);
    if (!known) {
      controls.show(next);
    }
    const error = byId('colour').querySelector('[value="e"]');
    error.disabled = !next.errors;
    if (!next.errors || !touched) {
      byId('colour').value = 'x';
      colours();
    }
  }
  byId('problem').textContent = `${next.problem}. ${next.method}.`;
  byId('stored').textContent = next.status === 'stored' ? 'Stored frames: start a run for a live one.' : '';
  scenes(next);
  const running = next.status === 'running' || next.status === 'paused';
  byId('pause').textContent = next.status === 'paused' || next.fast ? 'Resume' : 'Pause';
  for (const id of ['pause', 'step', 'end', 'cut', 'crash', 'kill']) {
    byId(id).disabled = !running;
  }
  speed();
  rest(next);
  showVerdict(next);
}

function scenes(next) {
  const row = byId('scenes');
  if (row.children.length === 0) {
    for (const s of next.scenes) {
      const button = document.createElement('button');
      button.type = 'button';
      button.id = 'scene-' + s.name;
      button.textContent = s.title;
      button.addEventListener('click', () => request('scene', { name: s.name }));
      row.append(button);
    }
  }
  for (const s of next.scenes) {
    byId('scene-' + s.name).setAttribute('aria-pressed', String(s.name === next.scene));
  }
  const chosen = next.scenes.find(s => s.name === next.scene);
  byId('scene-text').textContent = chosen ? chosen.text : '';
}

function rest(next) {
  const place = byId('rest');
  place.replaceChildren();
  if (next.rest) {
    const words = document.createElement('code');
    words.textContent = next.rest;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Remove';
    button.addEventListener('click', () => request('plain'));
    place.append('Further options: ', words, ' ', button);
  }
}

/** Virtual nanoseconds a second, as a power of ten of the unit that signals can be followed at. */
function unit() {
  return state.meanDelay > 0 ? state.meanDelay : 1e6;
}

function speed() {
  if (document.activeElement !== byId('speed')) {
    byId('speed').value = Math.log10(state.speed / unit());
  }
  byId('speed-text').textContent = number(state.speed / 1e6) + ' ms of virtual time a second';
}

function colours() {
  picture.key = byId('colour').value;
  picture.range = 1e-12;
}

function travel() {
  return Math.max(state.meanDelay, state.speed / 30 * 6);
}

let before = performance.now();
let charted = 0;
let frames = 0;
let since = before;

function tick(now) {
  const seconds = Math.min(0.25, (now - before) / 1000);
  before = now;
  frames++;
  if (now - since > 1000) {
    document.documentElement.dataset.rate = String(Math.round(frames * 1000 / (now - since)));
    frames = 0;
    since = now;
  }
  if (state) {
    film.advance(seconds, travel(), state.status === 'running' && !state.fast || state.status === 'paused');
    picture.draw(film, travel(), still.matches);
    if (now - charted > 100) {
      charted = now;
      picture.scale(byId('scale'));
      charts.forEach(c => c.draw(film));
      texts();
    }
  }
  requestAnimationFrame(tick);
}

function texts() {
  const frame = film.shown;
  const slider = byId('film');
  slider.max = Math.max(0, film.head);
  if (film.following) {
    slider.value = Math.floor(film.cursor);
  }
  byId('live').hidden = film.following;
  byId('film-text').textContent = frame
    ? `${Math.floor(film.cursor) + 1} of ${film.frames.length}: ${number(frame.t / 1e6)} ms, phase ${frame.phase + 1} (${frame.name})`
    : '';
  slider.setAttribute('aria-valuetext', byId('film-text').textContent);
  const r = number(picture.range);
  byId('low').textContent = '-' + r;
  byId('high').textContent = r + (picture.key === 'e' ? ', logarithmic' : '');
  byId('dots').textContent = still.matches ? 'A line: a message arrived in this frame.'
    : 'Of many messages a part is drawn. ' + (travel() > state.meanDelay
      ? 'A dot: a message that arrives, shown longer than it travels; larger for several.'
      : 'A dot: a message on its way, larger for several.');
  const gone = film.removed + state.removed;
  byId('lost').textContent = [
    dropped ? `${dropped} events were too many for this page and left out.` : '',
    gone ? `${gone} frames were removed so that the film stays short.` : '',
  ].filter(t => t).join(' ');
  if (frame) {
    byId('network').setAttribute('aria-label',
      `Network of ${state.layout.populations.map(p => p.size).join(', ')} neurons in ${state.layout.cellCount} cells;`
      + ` ${frame.flying} messages in flight, residual ${frame.residual === null ? 'not known' : number(frame.residual)}`);
  }
}

async function catchUp() {
  showState(await read('state'));
  const all = await read('frames');
  const newer = film.frames.filter(f => all.length === 0 || f.n > all[all.length - 1].n);
  film.replace(all.concat(newer));
}

byId('start').addEventListener('click', () => request('start', controls.values()));
byId('pause').addEventListener('click', () =>
  request(state.status === 'paused' || state.fast ? 'resume' : 'pause'));
byId('step').addEventListener('click', () => request('step'));
byId('end').addEventListener('click', () => request('end'));
byId('apply').addEventListener('click', () => request('advice'));
byId('speed').addEventListener('change', () =>
  request('speed', { value: 10 ** Number(byId('speed').value) * unit() }));
byId('film').addEventListener('input', () => film.scrub(Number(byId('film').value)));
byId('live').addEventListener('click', () => film.follow());
byId('colour').addEventListener('change', () => {
  touched = true;
  colours();
});
byId('cut').addEventListener('click', () => {
  const [from, to] = byId('link').value.split('->');
  request('cut', { from, to, both: byId('both').checked });
});
byId('crash').addEventListener('click', () => request('crash', { cell: byId('cell').value, lasting: false }));
byId('kill').addEventListener('click', () => request('crash', { cell: byId('cell').value, lasting: true }));
byId('link').addEventListener('change', marks);
byId('cell').addEventListener('change', marks);
byId('network').addEventListener('click', e => {
  const found = picture.hit(e.offsetX, e.offsetY);
  if (found.cell) {
    byId('cell').value = found.cell;
    picture.chosenCell = found.cell;
    picture.chosenLink = null;
  } else if (found.link) {
    byId('link').value = `${found.link.from}->${found.link.to}`;
    picture.chosenLink = found.link;
    picture.chosenCell = null;
  }
});

function marks(e) {
  const link = e.target.id === 'link';
  const [from, to] = byId('link').value.split('->');
  picture.chosenLink = link ? { from, to } : null;
  picture.chosenCell = link ? null : byId('cell').value;
}

listen({
  state: showState,
  frame: f => film.add(f),
  dropped: n => {
    dropped += n;
    catchUp();
  },
  open: catchUp,
  broken: () => {
    byId('problem').textContent = 'The program does not answer: it may have ended.';
  },
});
requestAnimationFrame(tick);
