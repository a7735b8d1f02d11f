/**
 * The config of a workspace that has no `earshot.yaml` yet: a department for each built-in aspect, everything written to
 * `outbox.ndjson` in the data folder, and a digest each morning. `zone` is an IANA zone, usually the system's.
 */
export function defaultConfigText({ zone }: { readonly zone: string }): string {
  const departments = ['product', 'sales', 'pricing', 'service'];
  return [
    '# Built in; an earshot.yaml takes its place.',
    `workspace: { name: My company, timezone: ${JSON.stringify(zone)} }`,
    'departments:',
    ...departments.map((name) => `  - { name: ${name}, aspects: [${name}] }`),
    'receivers:',
    '  - name: outbox',
    '    file: [{ path: outbox.ndjson }]',
    'route:',
    '  receiver: outbox',
    '  department: service',
    '  group_by: [department, aspect]',
    'audiences:',
    '  - { name: everyone, receivers: [outbox] }',
    'digests:',
    "  - { name: executive, audience: everyone, at: '07:30' }",
    ...departments.map(
      (name) => `  - { name: ${name}, audience: everyone, department: ${name}, at: '07:45' }`,
    ),
    '',
  ].join('\n');
}
