// The frames seen so far, and the one that is shown.

const CAPACITY = 1500;
const RATE = 30;

export class Film {
  constructor() {
    this.number = -1;
    this.clear(-1);
  }

  clear(number) {
    this.number = number;
    this.frames = [];
    this.cursor = 0;
    this.following = true;
    this.removed = 0;
  }

  /** Frames may come twice: from the history and as events. */
  add(frame) {
    const last = this.frames[this.frames.length - 1];
    if (last && frame.n <= last.n) {
      return;
    }
    if (this.frames.length === CAPACITY) {
      this.removed += CAPACITY / 2;
      this.frames = this.frames.filter((f, k) => k % 2 === 0);
      this.cursor /= 2;
    }
    this.frames.push(frame);
  }

  replace(frames) {
    this.frames = frames;
    this.cursor = Math.min(this.cursor, Math.max(0, frames.length - 1));
  }

  get head() {
    return this.frames.length - 1;
  }

  get shown() {
    return this.frames[Math.max(0, Math.min(this.head, Math.floor(this.cursor)))];
  }

  scrub(index) {
    this.following = false;
    this.cursor = index;
  }

  follow() {
    this.following = true;
  }

  /** Moves on behind the newest frame, by as much as signals on their way take. */
  advance(seconds, travel, running) {
    if (!this.following || this.head < 0) {
      return;
    }
    const head = this.frames[this.head];
    let end = this.head;
    if (running) {
      while (end > 0 && this.frames[end].phase === head.phase && head.t - this.frames[end].t < travel
          && this.head - end < 60) {
        end--;
      }
    }
    const behind = end - this.cursor;
    const pace = Math.max(RATE, behind * 2); // catches up where frames come in bursts
    this.cursor = Math.max(this.cursor, Math.min(end, this.cursor + pace * seconds));
  }
}
