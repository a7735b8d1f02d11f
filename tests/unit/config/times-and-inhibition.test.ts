import { describe, expect, it } from 'vitest';
import { faultsOf, GOOD, parse } from './config-fixture.ts';

const TIMES = `time_intervals:
  - name: nights
    time_intervals:
      - times: [{ start_time: '18:00', end_time: '24:00' }, { start_time: '00:00', end_time: '08:30' }]
        weekdays: ['monday:friday']
        days_of_month: ['1:5', -1, '-3:-2']
        months: [january, '3:5']
        years: [2026, '2027:2028']
        location: Asia/Kathmandu
      - weekdays: [Sunday]
`;

describe('time_intervals', () => {
  it('are read in Alertmanager’s spelling, a window without location by the workspace’s clock', () => {
    expect(parse(`${GOOD}${TIMES}`).timeIntervals).toEqual([
      {
        name: 'nights',
        windows: [
          {
            times: [
              { from: 1080, to: 1440 },
              { from: 0, to: 510 },
            ],
            weekdays: [{ from: 1, to: 5 }],
            daysOfMonth: [
              { from: 1, to: 5 },
              { from: -1, to: -1 },
              { from: -3, to: -2 },
            ],
            months: [
              { from: 1, to: 1 },
              { from: 3, to: 5 },
            ],
            years: [
              { from: 2026, to: 2026 },
              { from: 2027, to: 2028 },
            ],
            zone: 'Asia/Kathmandu',
          },
          { weekdays: [{ from: 0, to: 0 }], zone: 'Europe/London' },
        ],
      },
    ]);
  });

  it.each([
    ["times: [{ start_time: '9:00', end_time: '10:00' }]", 'must be a time of day from 00:00 to 24:00'],
    [
      "times: [{ start_time: '22:00', end_time: '06:00' }]",
      'must end after it starts; write what goes over midnight as two',
    ],
    ['weekdays: [moonday]', 'must be a weekday or a range, written like monday:friday'],
    ["weekdays: ['friday:monday']", 'must not end before it begins; write it as two'],
    ["days_of_month: ['-1:3']", 'begins at the end of the month, so must end there too'],
    ['days_of_month: [32]', 'must be a day of the month or a range, written like 1:5 or -1'],
    ['months: [13]', 'must be a month or a range, written like march:may or 3:5'],
    ['location: Mars/Olympus', 'is no IANA time zone'],
    ['hours: [1]', 'unknown key "hours"'],
  ])('refuse %s', (window, message) => {
    const faults = faultsOf(
      `${GOOD}time_intervals:\n  - name: odd\n    time_intervals:\n      - ${window}\n`,
    );

    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(message);
  });

  it('must be there where a route names them, and the root has none', () => {
    const text = GOOD.replace(
      '  department: service             # 25',
      '  department: service\n  mute_time_intervals: [nights]',
    );

    expect(faultsOf(text.replace('      group_wait: 1m', '      active_time_intervals: [night]'))).toEqual([
      expect.stringContaining('the root route takes everything and has no "mute_time_intervals"'),
      expect.stringContaining('no time interval is called "nights"'),
      expect.stringContaining('no time interval is called "night"'),
    ]);
  });
});

describe('inhibit_rules', () => {
  const rule = (target: string, equal = 'account'): string =>
    `${GOOD}inhibit_rules:\n  - source_matchers: ['urgency="3"']\n    target_matchers: ['${target}']\n    equal: [${equal}]\n`;

  it('are read with the department as a label', () => {
    expect(parse(rule('department="sales"')).inhibitRules).toEqual([
      {
        source: [{ label: 'urgency', op: '=', value: '3' }],
        target: [{ label: 'department', op: '=', value: 'sales' }],
        equal: ['account'],
      },
    ]);
  });

  it.each([
    [rule('urgency="9"'), 'urgency is never "9"'],
    [rule('department="sals"'), 'did you mean "sales"?'],
    [rule('teir="1"'), 'unknown label "teir", did you mean "tier"?'],
    [rule('tier="1"', 'acount'), 'unknown label "acount", did you mean "account"?'],
  ])('refuse %#', (text, message) => {
    expect(faultsOf(text)).toEqual([expect.stringContaining(message)]);
  });
});
