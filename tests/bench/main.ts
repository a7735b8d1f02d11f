/** Each prints its own table and returns the object of the last line. Only what is measured is loaded: its memory is a figure. */
const BENCHES: Readonly<Record<string, () => Promise<object>>> = {
  analysis: async () => (await import('./analysis.ts')).benchAnalysis(),
  corrections: async () => (await import('./corrections.ts')).benchCorrections(),
  delivery: async () => (await import('./delivery.ts')).benchDelivery(),
  digest: async () => (await import('./digest.ts')).benchDigest(),
  pipeline: async () => (await import('./pipeline.ts')).benchPipeline(),
  quality: async () => (await import('./quality.ts')).benchQuality(),
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
