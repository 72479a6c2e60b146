// The page of a training: fetches the curves whenever they have grown, and draws them.

import { draw, number } from './curves.js';
import { listen, read } from './desk.js';

const byId = id => document.getElementById(id);
let state = null;
let busy = false;
let again = false;

function curve(learner, tags) {
  const tag = tags.find(t => learner.curves[t] !== undefined);
  return tag === undefined ? null : learner.curves[tag];
}

function named(tags) {
  return state.learners
    .map(l => ({ name: l.name, of: curve(l, tags) }))
    .filter(c => c.of !== null)
    .map(c => ({ name: c.name, steps: c.of.steps, values: c.of.values }));
}

/** Absolute differences from backprop at the steps that both have. */
function gaps() {
  const losses = named(['loss/test']);
  const beside = losses.find(c => c.name === 'backprop');
  if (beside === undefined) {
    return [];
  }
  const at = new Map(beside.steps.map((s, k) => [s, beside.values[k]]));
  return losses.filter(c => c !== beside).map(c => {
    const steps = c.steps.filter(s => at.has(s));
    const values = steps.map(s => Math.abs(c.values[c.steps.indexOf(s)] - at.get(s)));
    return { name: c.name, steps, values };
  });
}

const COSINES = ['to backprop/1 - cosine', 'to backprop at evaluations/1 - cosine'];
const ERRORS = ['to backprop/relative error', 'to backprop at evaluations/relative error'];

function distances() {
  const rename = (all, word) => all.map(c => ({ ...c, name: `${c.name}, ${word}` }));
  return [...rename(named(COSINES), '1 - cosine'), ...rename(named(ERRORS), 'relative error')];
}

function charts() {
  if (state === null) {
    return;
  }
  draw('loss', named(['loss/test']), false);
  const accuracy = named(['accuracy/test']);
  const percent = accuracy.map(c => ({ ...c, values: c.values.map(v => 100 * v) }));
  byId('score-name').textContent = accuracy.length > 0 ? 'Test accuracy, %' : 'Test R2';
  draw('score', accuracy.length > 0 ? percent : named(['R2/test']), false);
  draw('gap', gaps(), true);
  draw('distance', distances(), true);
}

function last(learner, tags) {
  const one = curve(learner, tags);
  return one === null ? null : one.values[one.values.length - 1];
}

function text(v) {
  return v === null ? '-' : number(v);
}

function figures() {
  const head = ['learner', 'step', 'train loss', 'test loss', 'test accuracy', 'test R2', '1 - cosine'];
  const row = (cells, kind) => {
    const line = document.createElement('tr');
    line.append(...cells.map((c, k) => {
      const cell = document.createElement(k === 0 ? 'th' : kind);
      cell.scope = kind === 'th' ? 'col' : 'row';
      if (kind === 'td' && k > 0) {
        cell.removeAttribute('scope');
      }
      cell.textContent = c;
      return cell;
    }));
    return line;
  };
  byId('figures').replaceChildren(row(head, 'th'), ...state.learners.map(l => row([
    l.name, String(step(l)), text(last(l, ['loss/train'])), text(last(l, ['loss/test'])),
    text(last(l, ['accuracy/test'])), text(last(l, ['R2/test'])), text(last(l, COSINES)),
  ], 'td')));
}

function step(learner) {
  const one = curve(learner, ['loss/test', 'loss/train']);
  return one === null ? '-' : one.steps[one.steps.length - 1];
}

function sentence() {
  if (state.learners.length === 0) {
    return 'Waiting for a training that writes to this directory.';
  }
  return state.learners.map(l => {
    const accuracy = last(l, ['accuracy/test']);
    const score = accuracy === null ? '' : `, test accuracy ${number(100 * accuracy)} %`;
    return `${l.name}: step ${step(l)}, test loss ${text(last(l, ['loss/test']))}${score}.`;
  }).join(' ');
}

async function fetchState() {
  if (busy) {
    again = true; // one request at a time
    return;
  }
  busy = true;
  try {
    state = await read('state');
    // Cells have the same stroke in all charts.
    state.learners.sort((a, b) => (a.name === 'backprop') - (b.name === 'backprop'));
    byId('problem').textContent = state.directory;
    byId('error').textContent = state.problem;
    byId('sentence').textContent = sentence();
    figures();
    charts();
  } catch (e) {
    byId('error').textContent = 'The program does not answer: is it still running?';
  }
  busy = false;
  if (again) {
    again = false;
    fetchState();
  }
}

listen({
  state: fetchState,
  frame: () => {},
  dropped: fetchState,
  open: fetchState,
  broken: () => { byId('error').textContent = 'The program does not answer: is it still running?'; },
});
window.addEventListener('resize', charts);
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', charts);
