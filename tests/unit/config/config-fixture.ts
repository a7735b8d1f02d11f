import { z } from 'zod';
import type { EarshotConfig, Registries } from '../../../src/config/config.ts';
import { parseConfig } from '../../../src/config/earshot-yaml.ts';
import { AppError } from '../../../src/lib/app-error.ts';
import { secretOption } from '../../../src/lib/secret.ts';

/** Kinds of the shapes that real plug-ins have, so that these tests do not change with them. */
export const registries: Registries = {
  receivers: new Map([
    ['file', { options: z.strictObject({ path: z.string().min(1) }) }],
    ['slack', { options: z.strictObject({ url: secretOption }) }],
    ['email', { options: z.strictObject({ smtp: secretOption, to: z.array(z.email()).min(1) }) }],
    [
      'webhook',
      { options: z.strictObject({ url: z.url(), secret: z.union([secretOption, z.array(secretOption)]) }) },
    ],
  ]),
  sources: new Map([
    [
      'file',
      { options: z.object({ path: z.string(), format: z.enum(['csv', 'jsonl', 'mbox']).optional() }) },
    ],
    ['feed', { options: z.strictObject({ url: z.url(), limit: z.number().optional() }) }],
  ]),
};

/** A small config that holds; each test changes one line of it. The comments are the line numbers. */
export const GOOD = `workspace:                        # 1
  name: Fernhill                  # 2
  timezone: Europe/London         # 3
aspects:                          # 4
  marketing:                      # 5
    seeds: [webinar]              # 6
departments:                      # 7
  - name: sales                   # 8
    aspects: [sales, marketing]   # 9
  - name: service                 # 10
    aspects: [service]            # 11
sources:                          # 12
  - name: export                  # 13
    kind: file                    # 14
    path: ./reviews.csv           # 15
receivers:                        # 16
  - name: outbox                  # 17
    file:                         # 18
      - path: outbox.ndjson       # 19
  - name: channel                 # 20
    slack:                        # 21
      - url: \${SLACK_URL}         # 22
route:                            # 23
  receiver: outbox                # 24
  department: service             # 25
  group_by: [department, aspect]  # 26
  routes:                         # 27
    - matchers: ['aspect="sales"'] # 28
      receiver: channel           # 29
      department: sales           # 30
      group_wait: 1m              # 31
      routes:                     # 32
        - matchers: ['tier=~"1|gold"'] # 33
          group_wait: 0s          # 34
          continue: true          # 35
audiences:                        # 36
  - name: executives              # 37
    receivers: [channel]          # 38
digests:                          # 39
  - name: executive               # 40
    audience: executives          # 41
    at: '07:30'                   # 42
`;

export const ENV = { SLACK_URL: 'https://hooks.slack.com/services/T000/B000/secretpart' };

export function parse(text: string, env: Readonly<Record<string, string>> = ENV): EarshotConfig {
  return parseConfig(text, { file: 'earshot.yaml', env, registries });
}

/** The good config with one line (from 1) replaced, by any number of lines. */
export function withLine(line: number, replacement: string): string {
  return GOOD.split('\n')
    .with(line - 1, replacement)
    .join('\n');
}

/** The faults of a text, one an entry, without the file's name: `line:column: message`. */
export function faultsOf(text: string, env?: Readonly<Record<string, string>>): string[] {
  try {
    parse(text, env);
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'invalid-input') throw error;
    return error.message.split('\n').map((fault) => fault.replace('earshot.yaml:', ''));
  }
  return [];
}

/** A text that must be refused. */
export interface Case {
  readonly name: string;
  readonly text: string;
  /** How each fault begins, in order, from its line on. */
  readonly faults: readonly string[];
}

/** The good config with one line replaced, and the faults that this must give. */
export function bad(name: string, line: number, replacement: string, ...faults: string[]): Case {
  return { name, text: withLine(line, replacement), faults };
}
