import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../src/config/earshot-yaml.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { receiverKinds } from '../../../../src/receivers/registry.ts';
import { EmailOptions } from '../../../../src/sources/email/options.ts';
import { parseOptions } from '../../../../src/sources/plug-in.ts';
import { sourceKinds } from '../../../../src/sources/registry.ts';

const MAILBOX = { host: 'imap.firm.example', user: 'support@firm.example', password: 'correct-horse' };
const REFRESH = {
  client_id: 'earshot',
  client_secret: 'client-secret',
  refresh_token: 'refresh-token',
  token_url: 'https://login.firm.example/token',
};

function config(lines: readonly string[], env: Readonly<Record<string, string>> = {}): () => unknown {
  const source = lines.map((line) => `    ${line}\n`).join('');
  const yaml = `workspace: { name: Firm }\nsources:\n  - name: support\n    kind: email\n${source}receivers:\n  - name: out\n    file: [{ path: out.ndjson }]\ndepartments: [{ name: service, aspects: [service] }]\nroute: { receiver: out, department: service }\n`;
  const registries = { receivers: receiverKinds, sources: sourceKinds };
  return () => parseConfig(yaml, { file: 'earshot.yaml', env, registries });
}

describe('the options of a mailbox', () => {
  it('are read with their defaults, secrets kept shut', () => {
    expect(EmailOptions.parse(MAILBOX)).toEqual({
      ...MAILBOX,
      password: expect.any(Secret),
      port: 993,
      tls: true,
      folders: ['INBOX'],
      since: 30 * 24 * 3600 * 1000,
      platform: 'email',
    });
    expect(
      JSON.stringify(EmailOptions.parse({ ...MAILBOX, password: undefined, oauth: REFRESH })),
    ).not.toMatch(/client-secret|refresh-token/);
  });

  it.each([
    ['neither password nor oauth', { password: undefined }, /password: is missing/],
    ['both', { oauth: { token: 'x' } }, /stands beside oauth/],
    [
      'half of what a refresh needs',
      { password: undefined, oauth: { ...REFRESH, token_url: undefined } },
      /oauth: needs/,
    ],
    ['a token and a refresh', { password: undefined, oauth: { ...REFRESH, token: 'x' } }, /oauth: needs/],
    ['an address for a host', { host: 'imaps://imap.firm.example' }, /host: write a host name/],
    ['a port past the last', { port: 70_000 }, /port/],
    ['a duration in words', { since: 'a month' }, /since: is no duration/],
    ['no folder', { folders: [] }, /folders/],
    ['a platform with blanks', { platform: 'My Mail' }, /platform/],
    ['an unknown key', { mailbox: 'INBOX' }, /mailbox/],
  ])('are refused with %s', (_what, options, message) => {
    const create = (): unknown => parseOptions('email', EmailOptions, { ...MAILBOX, ...options });

    expect(create).toThrow(message);
    expect(create).not.toThrow('correct-horse');
  });

  it.each([
    [
      'the password',
      ['host: imap.firm.example', 'user: support', 'password: correct-horse'],
      'EMAIL_PASSWORD',
    ],
    [
      'an access token',
      ['host: imap.firm.example', 'user: support', 'oauth: { token: ya29-token }'],
      'EMAIL_TOKEN',
    ],
    [
      'a refresh token',
      [
        'host: imap.firm.example',
        'user: support',
        'oauth: { client_id: a, client_secret: "${CLIENT_SECRET}", refresh_token: refresh, token_url: "https://l.example/t" }',
      ],
      'EMAIL_REFRESH_TOKEN',
    ],
  ])('may not hold %s in the file itself', (_what, lines, variable) => {
    expect(config(lines, { CLIENT_SECRET: 'client-secret' })).toThrow(variable);
  });

  it('take secrets from the environment', () => {
    const lines = ['host: imap.firm.example', 'user: support', 'password: ${IMAP_PASSWORD}', 'since: 1y'];

    expect(config(lines, { IMAP_PASSWORD: 'correct-horse' })()).toMatchObject({
      sources: [{ kind: 'email', options: { since: 365 * 24 * 3600 * 1000 } }],
    });
  });
});
