import { CsvError, parse } from 'csv-parse/sync';
import { accountNameKey } from '../domain/account.ts';
import { readLines } from '../lib/line-reader.ts';
import { type CellReading, readDomain, readHandle, readList, readRevenue } from './accounts-cells.ts';
import { type AccountColumns, type AccountField, findColumns } from './accounts-columns.ts';

/** What is wrong at one line of the file, and what to do. */
export interface AccountFault {
  readonly line: number;
  readonly message: string;
}

/** One line of the file; a field whose column is missing stays undefined and keeps what is stored. */
export interface AccountRow {
  readonly line: number;
  readonly name: string;
  readonly nameKey: string;
  readonly domains?: readonly string[];
  readonly handles?: readonly string[];
  readonly tier?: string;
  readonly revenue?: number | null;
  readonly owner?: string;
}

export interface AccountsFile {
  readonly rows: readonly AccountRow[];
  readonly ignoredColumns: AccountColumns['ignored'];
  readonly faults: readonly AccountFault[];
}

/** An accounts file holds short lines; more than this is another file. */
const MAX_LINE_BYTES = 64 * 1024;
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_TEXT = 200;

/** Reads a whole accounts file and every fault in it. Throws only what the stream throws. */
export async function readAccountsFile(stream: AsyncIterable<Uint8Array | string>): Promise<AccountsFile> {
  const { text, faults } = await readText(stream);
  const [header, ...records] = readRecords(text, faults);
  if (header === undefined) {
    const empty = {
      line: 1,
      message:
        'the file is empty; its first line names the columns: name, domains, handles, tier, revenue, owner',
    };
    return { rows: [], ignoredColumns: [], faults: faults.length > 0 ? faults : [empty] };
  }
  const columns = findColumns(header.cells);
  faults.push(...columns.faults.map((message) => ({ line: header.line, message })));
  if (columns.faults.length > 0) return { rows: [], ignoredColumns: columns.ignored, faults };
  if (records.length === 0 && faults.length === 0) {
    faults.push({ line: header.line, message: 'there is no account below the column names' });
  }
  const rows = readRows(records, columns.positions, header.cells.length, faults);
  return { rows, ignoredColumns: columns.ignored, faults };
}

/** A line that cannot be read becomes an empty one, so that the lines after it keep their numbers. */
async function readText(
  stream: AsyncIterable<Uint8Array | string>,
): Promise<{ text: string; faults: AccountFault[] }> {
  const lines: string[] = [];
  const faults: AccountFault[] = [];
  let size = 0;
  for await (const line of readLines(stream, { maxLineBytes: MAX_LINE_BYTES })) {
    const text = 'text' in line ? line.text : '';
    size += text.length;
    if (size > MAX_BYTES) {
      faults.push({
        line: line.number,
        message: `the file is longer than ${MAX_BYTES / 1024 / 1024} MB; this is no accounts file`,
      });
      break;
    }
    if ('error' in line)
      faults.push({
        line: line.number,
        message: `${line.error}; save the file as UTF-8 with one account a line`,
      });
    if (text.includes('\0'))
      faults.push({ line: line.number, message: 'holds a NUL byte; export the file again as plain CSV' });
    lines.push(text.includes('\0') ? '' : text);
  }
  return { text: lines.join('\n'), faults };
}

interface RawRecord {
  /** Where it starts, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

function readRecords(text: string, faults: AccountFault[]): RawRecord[] {
  const records: RawRecord[] = [];
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { lines }) => {
        const breaks = cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
        records.push({ line: lines - breaks, cells: cells.map((cell) => cell.trim()) });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    faults.push({
      line,
      message: 'a quote is not closed, or stands inside a cell that is not quoted; write "" for a quote',
    });
  }
  return records;
}

/** The mark that stands most often in the first line, quotes aside. */
function delimiterOf(text: string): string {
  const header =
    text
      .trimStart()
      .split('\n', 1)[0]
      ?.replace(/"[^"]*"/g, '') ?? '';
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: header.split(mark).length }));
  return counts.toSorted((a, b) => b.count - a.count)[0]?.mark ?? ',';
}

type Positions = AccountColumns['positions'];

function readRows(
  records: readonly RawRecord[],
  positions: Positions,
  width: number,
  faults: AccountFault[],
): AccountRow[] {
  const rows: AccountRow[] = [];
  const firstLine = new Map<string, number>();
  const currencies = new Map<string, number>();
  for (const { line, cells } of records) {
    const fault = (message: string): void => void faults.push({ line, message });
    if (cells.length > width)
      fault(`has ${cells.length} cells for ${width} columns; quote cells that hold the separator`);
    const row = readRow({ line, cells }, positions, fault, currencies);
    const known = firstLine.get(row.nameKey);
    if (row.name === '') fault('the name is empty; give the account a name or remove the line');
    else if (known !== undefined)
      fault(`"${row.name}" stands already on line ${known}; keep one line an account`);
    else rows.push(row);
    if (known === undefined) firstLine.set(row.nameKey, line);
  }
  if (currencies.size > 1) {
    const where = [...currencies].map(([currency, line]) => `${currency} (line ${line})`).join(', ');
    faults.push({
      line: [...currencies.values()][1] ?? 1,
      message: `revenue is in several currencies: ${where}; convert it to one`,
    });
  }
  return rows;
}

function readRow(
  { line, cells }: RawRecord,
  positions: Positions,
  fault: (message: string) => void,
  currencies: Map<string, number>,
): AccountRow {
  const cellOf = (field: AccountField): string | undefined => {
    const position = positions.get(field);
    return position === undefined ? undefined : (cells[position] ?? '');
  };
  const accept = <T>(reading: CellReading<T>): T[] => {
    if ('value' in reading) return [reading.value];
    fault(reading.fault);
    return [];
  };
  const textOf = (field: 'name' | 'tier' | 'owner'): string | undefined => {
    const text = cellOf(field)?.replace(/\s+/gu, ' ');
    if (text !== undefined && text.length > MAX_TEXT)
      fault(`the ${field} is longer than ${MAX_TEXT} characters; shorten it`);
    return text;
  };
  const listOf = (
    field: 'domains' | 'handles',
    read: (entry: string) => CellReading<string>,
  ): string[] | undefined => {
    const cell = cellOf(field);
    return cell === undefined
      ? undefined
      : [...new Set(readList(cell).flatMap((entry) => accept(read(entry))))];
  };
  const name = textOf('name') ?? '';
  const revenueCell = cellOf('revenue');
  const [revenue] = revenueCell === undefined ? [] : accept(readRevenue(revenueCell));
  if (revenue !== undefined && revenue.currency !== '' && !currencies.has(revenue.currency))
    currencies.set(revenue.currency, line);
  const domains = listOf('domains', readDomain);
  const handles = listOf('handles', readHandle);
  const [tier, owner] = [textOf('tier'), textOf('owner')];
  return {
    line,
    name,
    nameKey: accountNameKey(name),
    ...(domains && { domains }),
    ...(handles && { handles }),
    ...(tier !== undefined && { tier }),
    ...(revenue !== undefined && { revenue: revenue.amount }),
    ...(owner !== undefined && { owner }),
  };
}
