/** A clock that stands still until a test moves it. Milliseconds since 1970, UTC. */
export class FakeClock {
  #now: number;
  constructor(start: Date | string | number = "2026-03-02T09:00:00.000Z") {
    this.#now = new Date(start).getTime();
  }
  /** Bound, so that it can be passed as `deps.clock`. */
  readonly now = (): number => this.#now;
  /** Moves on, by milliseconds or by parts: `advance({ hours: 23, minutes: 59 })`. */
  advance(by: number | { days?: number; hours?: number; minutes?: number; seconds?: number; ms?: number }): number {
    const ms =
      typeof by === "number"
        ? by
        : (by.days ?? 0) * 86_400_000 +
          (by.hours ?? 0) * 3_600_000 +
          (by.minutes ?? 0) * 60_000 +
          (by.seconds ?? 0) * 1000 +
          (by.ms ?? 0);
    this.#now += ms;
    return this.#now;
  }
  set(to: Date | string | number): void {
    this.#now = new Date(to).getTime();
  }
  date(): Date {
    return new Date(this.#now);
  }
}
