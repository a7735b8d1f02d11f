import type { MisrouteDeps } from '../pipeline/misroutes.ts';
import type { Sql } from '../store/database.ts';
import { readGivenCases, readMisroutes } from '../store/misroute-read-model.ts';

export function misroutesOf(sql: Sql): MisrouteDeps {
  return {
    readMisroutes: (from, to) => readMisroutes(sql, from, to),
    readGivenCases: (since) => readGivenCases(sql, since),
  };
}
