import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHttpClient } from '../../../src/lib/http-client.ts';
import { cardBody } from '../../../src/receivers/teams/card.ts';
import { teams } from '../../../src/receivers/teams/index.ts';
import { startHttpStub } from '../../support/stub-http.ts';
import { cardTexts, workflowAnswers } from '../../support/stub-workflow.ts';
import { type HttpRig, hasty, httpRefusals } from './http-refusals.ts';
import { describeReceiver, messageOf, NOW } from './kit.ts';

const LOOPBACK = ['127.0.0.0/8'];
const SIGNATURE = 'very-secret-signature';

async function setUp(): Promise<HttpRig> {
  const stub = await startHttpStub(workflowAnswers);
  const http = createHttpClient({ privateNetworks: LOOPBACK });
  const options = teams.options.parse({ url: `${stub.url}/workflows/1/invoke?sig=${SIGNATURE}` });
  return {
    receiver: teams.create(options, {
      http: hasty(http),
      dataDir: '',
      clock: () => NOW,
      privateNetworks: LOOPBACK,
    }),
    stub,
    secrets: [SIGNATURE, '/workflows/1'],
    seenIds: async () => stub.requests.map(({ body }) => cardTexts(body).at(-1) ?? ''),
    seenWords: async () => cardTexts(stub.requests.at(-1)?.body ?? '').join(' '),
    async close() {
      await http.close();
      await stub.close();
    },
  };
}

describeReceiver({
  kind: 'teams',
  setUp,
  refusals: httpRefusals(SIGNATURE),
  words: (text) => messageOf({ subject: text, text }),
  fallSilent: (rig) => rig.stub.answerWith({ hang: true }),
});

describe('teams', () => {
  it('keeps every card within 28 KB and says how many lines it left out', () => {
    const line = fc.string({ unit: fc.constantFrom('wide ', '"', '\u{1f600}', '\\', 'é'), maxLength: 1_500 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 300, size: 'max' }), (lines) => {
        const body = cardBody(messageOf({ text: lines.join('\n') }));
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(28_000);
        expect(body.isWellFormed()).toBe(true);
        const texts = cardTexts(body).slice(1, -1);
        const left = Number(/^\+(\d+) more/.exec(texts.at(-1) ?? '')?.[1] ?? 0);
        const written = lines.filter((text) => text.trim() !== '').length;
        expect(texts.length - (left > 0 ? 1 : 0) + left).toBe(written);
      }),
      { numRuns: 40 },
    );
  });

  it('computes nothing for foreign words and opens the page behind the message', () => {
    const body = cardBody(messageOf({ text: 'due {{DATE(2026-03-02T07:30:00Z)}}' }));

    expect(body).not.toContain('{{');
    expect(body).toContain('"url":"https://earshot.example/cases/7"');
  });

  it.each([
    'http://prod-1.westeurope.logic.azure.com/workflows/1',
    'https://logic.azure.com.evil.example/workflows/1',
    'https://firm.webhook.office.com/webhookb2/1',
    'https://10.0.0.1/workflows/1',
    'not a url',
  ])('refuses the address %s without repeating it', (url) => {
    const http = createHttpClient({ privateNetworks: [] });
    const deps = { http, dataDir: '', clock: () => NOW, privateNetworks: LOOPBACK };

    expect(() => teams.create(teams.options.parse({ url }), deps)).toThrow(
      expect.objectContaining({ kind: 'invalid-input', message: expect.not.stringContaining(url) }),
    );
  });
});
