import { benchAnalysis } from './analysis.ts';
import { benchCorrections } from './corrections.ts';
import { benchDelivery } from './delivery.ts';
import { benchDigest } from './digest.ts';
import { benchPipeline } from './pipeline.ts';

/** Each prints its own table and returns the object of the last line. */
const BENCHES: Readonly<Record<string, () => Promise<object>>> = {
  analysis: benchAnalysis,
  corrections: benchCorrections,
  delivery: benchDelivery,
  digest: benchDigest,
  pipeline: benchPipeline,
};

const name = process.argv[2] ?? '';
const bench = BENCHES[name];
if (bench) {
  process.stdout.write(`${JSON.stringify(await bench())}\n`);
} else {
  process.stderr.write(
    `npm run bench -- NAME: there is no bench "${name}"; there are ${Object.keys(BENCHES).join(' and ')}\n`,
  );
  process.exitCode = 2;
}
