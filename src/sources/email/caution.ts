/** So many times a mail may fail when it is asked for alone; then it is given up. */
const MAX_FAILURES = 5;
/** After a failure so many mails are asked for one at a time. */
const ALONE = 50;
/** No more mails than this fail at a time; the oldest are forgotten. */
const MAX_KEPT = 1000;

/**
 * Some servers hang up when they are asked for a mail that is damaged on their side, and so one mail would keep all later
 * ones from being read. After a failure mails are therefore asked for one at a time, which shows the one that is at fault.
 * Held in memory; after a restart it is found again.
 */
export class Caution {
  readonly #failures = new Map<string, number>();
  #alone = 0;

  /** Whether the next mail is to be asked for without others. */
  get isNeeded(): boolean {
    return this.#alone > 0;
  }

  /** These mails were asked for together and the server failed. */
  failed(keys: readonly string[]): void {
    this.#alone = ALONE;
    const [key] = keys;
    if (key === undefined || keys.length > 1) return;
    const count = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.delete(key);
    this.#failures.set(key, count);
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MAX_KEPT && oldest !== undefined) this.#failures.delete(oldest);
  }

  /** So many mails were given out. */
  passed(count: number): void {
    this.#alone = Math.max(0, this.#alone - count);
  }

  /** Whether this mail is given up. */
  isGivenUp(key: string): boolean {
    return (this.#failures.get(key) ?? 0) >= MAX_FAILURES;
  }
}
