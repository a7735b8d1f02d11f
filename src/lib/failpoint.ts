const passed = new Map<string, number>();

/**
 * A named place at which a test may have this process killed, as a crash would: `FAIL_AT=name` kills at its first passing,
 * `FAIL_AT=name:3` at its third. Without the variable it does nothing.
 */
export function failpoint(name: string): void {
  const { FAIL_AT } = process.env;
  if (FAIL_AT === undefined) return;
  const [wanted, times = '1'] = FAIL_AT.split(':');
  if (wanted !== name) return;
  const count = (passed.get(name) ?? 0) + 1;
  passed.set(name, count);
  if (count === Number(times)) process.kill(process.pid, 'SIGKILL');
}
