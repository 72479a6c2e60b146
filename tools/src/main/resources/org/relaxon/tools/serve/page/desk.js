// Requests to the program: reading by GET, changes by POST with the token of this page.

const token = document.querySelector('meta[name="relaxon-token"]').content;

export async function read(name) {
  const response = await fetch('/api/' + name);
  if (!response.ok) {
    throw new Error(await response.text());
  }
  return response.json();
}

/** Requests a change; the returned text is empty, or states why it was refused. */
export async function change(action, values = {}) {
  try {
    const response = await fetch('/api/' + action, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Relaxon-Token': token },
      body: JSON.stringify(values),
    });
    return response.ok ? '' : (await response.text()).trim();
  } catch (e) {
    return 'The program does not answer: is it still running?';
  }
}

/** Receives events until the page is closed. */
export function listen(handlers) {
  const source = new EventSource('/api/events');
  source.addEventListener('state', e => handlers.state(JSON.parse(e.data)));
  source.addEventListener('frame', e => handlers.frame(JSON.parse(e.data)));
  source.addEventListener('dropped', e => handlers.dropped(Number(e.data)));
  source.onopen = () => handlers.open();
  source.onerror = () => handlers.broken();
}
