/**
 * One clock for the server and the local Meta of this process: real time, and what a test puts on top of it. Timers keep running
 * in real time, and the database has a clock of its own.
 */
export function bendTime(): { forward(ms: number): void; restore(): void } {
  const real = Date.now;
  let ahead = 0;
  Date.now = () => real() + ahead;
  return {
    forward(ms) {
      ahead += ms;
    },
    restore() {
      Date.now = real;
    },
  };
}
