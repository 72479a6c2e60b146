// The verdict in one sentence, what helps, and the figures of the result.

import { number } from './charts.js';

const byId = id => document.getElementById(id);

function ms(value) {
  return number(value) + ' ms';
}

export function showVerdict(state) {
  const verdict = state.verdict;
  const box = byId('verdict');
  box.className = !verdict ? '' : verdict.settled ? 'settled' : 'not';
  const sentence = byId('sentence');
  const text = state.failure ? 'The run ended: ' + state.failure
    : verdict ? verdict.sentence
    : state.status === 'stored' ? 'Stored frames of a run that had not ended.'
    : state.status === 'paused' ? 'Paused.' : 'Running: the verdict follows when nothing is in flight.';
  if (sentence.textContent !== text) {
    sentence.textContent = text;
  }
  const waits = verdict && !verdict.settled && verdict.advice === undefined;
  byId('advice').textContent = waits ? 'Trying what helps ...'
    : verdict && verdict.advice ? 'What helps: ' + verdict.advice + '.' : '';
  byId('apply').hidden = !(verdict && verdict.adviceFound);
  byId('faults').textContent = state.faults.length ? 'Faults injected: ' + state.faults.join(', ') + '.' : '';
  figures(verdict);
  byId('command').textContent = state.command;
}

function figures(verdict) {
  const table = byId('projections');
  const text = byId('figures');
  if (!verdict) {
    table.hidden = true;
    text.textContent = 'After the run: cosine and norm ratio of each projection to its reference, and how long'
      + ' signals took.';
    return;
  }
  const latency = verdict.times.map(t => `${t.name} p50 ${ms(t.p50)}, p99 ${ms(t.p99)}, max ${ms(t.max)}`);
  text.textContent = [
    `${verdict.messages} messages (${verdict.stale} stale, ${verdict.lost} lost), ${verdict.relaxations} relaxations`
      + ` in ${ms(verdict.hostNanos / 1e6)} of virtual time`,
    ...latency,
    ...(verdict.objection ? ['no comparison: ' + verdict.objection] : []),
  ].join('; ') + '.';
  const rows = verdict.projections || [];
  table.hidden = rows.length === 0;
  table.replaceChildren();
  line(table, 'th', ['part', `cosine to ${verdict.reference}`, '1 - cosine', 'norm ratio', 'relative error']);
  for (const r of rows) {
    line(table, 'td', [r.name, r.cosine === null ? '-' : r.cosine.toFixed(6),
      r.oneMinusCosine === null ? '-' : number(r.oneMinusCosine),
      r.normRatio === null ? '-' : r.normRatio.toFixed(6),
      r.relativeError === null ? '-' : number(r.relativeError)]);
  }
}

function line(table, kind, texts) {
  const row = table.insertRow();
  for (const text of texts) {
    const cell = document.createElement(kind);
    if (kind === 'th') {
      cell.scope = 'col';
    }
    cell.textContent = text;
    row.append(cell);
  }
}
