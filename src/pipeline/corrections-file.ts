import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { GivenLabel } from '../domain/ports/correction-store.ts';
import { POLARITIES } from '../domain/words.ts';

/** A label with the line it stands on. */
export interface LabelLine {
  readonly line: number;
  readonly given: GivenLabel;
}

export interface LineFault {
  readonly line: number;
  readonly message: string;
}

const COLUMNS = ['platform', 'id', 'aspect', 'polarity'] as const;
/** What a polarity column says when the mention does not speak of the aspect. */
const NONE = 'none';

const Row = z.object({
  platform: z.string().trim().min(1, 'is empty'),
  id: z.string().trim().min(1, 'is empty'),
  aspect: z.string().trim().toLowerCase(),
  polarity: z.enum([...POLARITIES, NONE], { error: `must be ${[...POLARITIES, NONE].join(', ')}` }),
  words: z.string().default(''),
});

const Parsed = z.array(
  z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.int() }) }),
);

/**
 * Reads a CSV with the columns `platform, id, aspect, polarity` and, if it has one, `words`: one label a line. `aspects` are those of the
 * workspace. All faults are given, with the line each stands on.
 */
export function readCorrections(
  csv: string,
  aspects: readonly string[],
): { readonly lines: readonly LabelLine[]; readonly faults: readonly LineFault[] } {
  let rows: z.infer<typeof Parsed>;
  try {
    rows = Parsed.parse(
      parse(csv, {
        bom: true,
        columns: (names: string[]) => names.map(nameOf),
        info: true,
        skip_empty_lines: true,
      }),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { lines: [], faults: [{ line: Number(error.lines ?? 1), message: error.message }] };
  }
  if (rows.length === 0) return { lines: [], faults: [{ line: 1, message: 'there is no label in it' }] };
  const missing = COLUMNS.filter((name) => !(name in (rows[0]?.record ?? {})));
  if (missing.length > 0) {
    const message = `has no column ${missing.join(', ')}; name ${COLUMNS.join(', ')} and, if you like, words in the first line`;
    return { lines: [], faults: [{ line: 1, message }] };
  }
  const lines: LabelLine[] = [];
  const faults: LineFault[] = [];
  for (const { record, info } of rows) {
    const line = info.lines;
    const { data, error } = Row.safeParse(record);
    for (const issue of error?.issues ?? [])
      faults.push({ line, message: `${issue.path.join('.')} ${issue.message}` });
    if (data === undefined) continue;
    if (!aspects.includes(data.aspect))
      faults.push({
        line,
        message: `aspect "${data.aspect}" is none of this workspace: ${aspects.join(', ')}`,
      });
    const polarity = data.polarity === NONE ? null : data.polarity;
    const words = data.words === '' ? null : data.words;
    const label = { aspect: data.aspect, polarity };
    lines.push({ line, given: { platform: data.platform, externalId: data.id, label, words } });
  }
  return { lines, faults };
}

function nameOf(column: string): string {
  const name = column.trim().toLowerCase();
  return name === 'external_id' || name === 'externalid' ? 'id' : name;
}
