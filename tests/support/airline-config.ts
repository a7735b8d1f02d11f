import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Places {
  readonly slack: string;
  readonly smtp: string;
  readonly webhook: string;
  readonly groupWait?: string;
  /** Without digests only notifications go out. */
  readonly hasDigests?: boolean;
  /** Of digests; default America/New_York and 07:30. */
  readonly timezone?: string;
  readonly digestsAt?: string;
}

export const DEPARTMENTS = ['product', 'sales', 'finance', 'service'] as const;

/** Writes an earshot.yaml with four departments, each with a way out of every kind, and returns its path. */
export async function writeAirlineConfig(folder: string, places: Places): Promise<string> {
  const path = join(folder, 'earshot.yaml');
  const aspectOf = { product: 'product', sales: 'sales', finance: 'pricing', service: 'service' } as const;
  const receivers = DEPARTMENTS.map(
    (name) => `
  - name: ${name}
    slack: [{ url: '${places.slack}/services/${name}' }]
    email: [{ smtp: '${places.smtp}', from: 'Earshot <earshot@airline.example>', to: [${name}@airline.example] }]
    webhook: [{ url: '${places.webhook}/${name}', secret: '\${WEBHOOK_SECRET}' }]`,
  );
  const routes = DEPARTMENTS.map(
    (name) => `    - { matchers: ['aspect="${aspectOf[name]}"'], department: ${name}, receiver: ${name} }`,
  );
  await writeFile(
    path,
    `workspace: { name: Airline, timezone: ${places.timezone ?? 'America/New_York'} }
departments:
${DEPARTMENTS.map((name) => `  - { name: ${name}, aspects: [${aspectOf[name]}] }`).join('\n')}
receivers:${receivers.join('')}
route:
  receiver: service
  department: service
  group_by: [department, aspect]
  group_wait: ${places.groupWait ?? '30s'}
  routes:
${routes.join('\n')}
audiences:
${DEPARTMENTS.map((name) => `  - { name: ${name}, receivers: [${name}] }`).join('\n')}
${
  places.hasDigests === false
    ? ''
    : `digests:
${DEPARTMENTS.map((name) => `  - { name: ${name}, department: ${name}, audience: ${name}, at: '${places.digestsAt ?? '07:30'}' }`).join('\n')}
`
}`,
  );
  return path;
}
