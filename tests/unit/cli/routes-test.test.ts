import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RoutesTestInput, routesTestCommand } from '../../../src/cli/routes-test.ts';
import type { ClassifiedOpinion } from '../../../src/domain/opinion.ts';
import type { Classifier } from '../../../src/domain/ports/classifier.ts';
import { GOOD, parse } from '../config/config-fixture.ts';

const Numbered = z.looseObject({ line: z.number() });

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function fileOf(content: string | Buffer): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'earshot-routes-'));
  folders.push(folder);
  writeFileSync(path.join(folder, 'texts.txt'), content);
  return path.join(folder, 'texts.txt');
}

/** Hears an opinion about each aspect that a text names, spam in `spam`, and gives up on `hang`. */
class NamedAspects implements Classifier {
  readonly modelVersion = 'named-aspects';
  isClosed = false;

  async classify(inputs: readonly { readonly text: string }[]) {
    return inputs.map(({ text }) => {
      if (text.includes('hang')) return { failure: 'ran past its deadline' };
      const opinions = ['product', 'sales'].flatMap((aspect): ClassifiedOpinion[] => {
        const start = text.indexOf(aspect);
        if (start === -1) return [];
        const end = start + aspect.length;
        return [
          {
            aspect,
            polarity: 'negative',
            score: -1,
            intent: 'complaint',
            confidence: 1,
            start,
            end,
            text: aspect,
            why: [],
          },
        ];
      });
      const spam = text.includes('spam');
      return {
        lang: 'en',
        spam,
        polarity: 'negative' as const,
        score: -1,
        intents: [],
        urgency: 1 as const,
        opinions,
      };
    });
  }

  async close() {
    this.isClosed = true;
  }
}

async function run(input: RoutesTestInput) {
  const out: string[] = [];
  const err: string[] = [];
  const opened: NamedAspects[] = [];
  const code = await routesTestCommand(input, {
    config: parse(GOOD),
    openClassifier: () => {
      const classifier = new NamedAspects();
      opened.push(classifier);
      return classifier;
    },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out: out.join('\n'), lines: out, err, opened };
}

describe('routes test', () => {
  it('draws the way that labels take, and what happens at its end', async () => {
    const { code, out, opened } = await run({ labels: 'aspect=sales,tier=gold' });

    expect(code).toBe(0);
    expect(opened).toEqual([]);
    expect(out.replace(/#[0-9a-f]{32}/, '#…')).toBe(
      [
        'aspect=sales tier=gold',
        '  root',
        '  └─ root/0  aspect="sales"',
        '     └─ root/0/0  tier=~"1|gold"',
        '         department  sales (named by the route)',
        '         receiver    channel (slack)',
        '         group       root/0/0#… {aspect="sales", department="sales"}',
        '         timing      first after 0s, changes after 5m, again after 4h',
      ].join('\n'),
    );
  });

  it.each([
    ['aspect=marketing', 'sales (owns marketing)'],
    ['aspect=product', "service (the root's, nobody owns product)"],
    ['tier=gold', "service (the root's, nobody owns it)"],
    ['aspect=sales', 'sales (named by the route)'],
  ])('says why %s goes to department %s', async (labels, department) => {
    expect((await run({ labels })).out).toContain(`department  ${department}`);
  });

  it('prints the same as one JSON object', async () => {
    const { out } = await run({ labels: 'aspect=sales,account="Smith, \\"Ltd\\""', json: true });

    expect(JSON.parse(out)).toEqual({
      labels: { aspect: 'sales', account: 'Smith, "Ltd"' },
      routes: [
        {
          path: 'root/0',
          why: [
            { path: 'root', matchers: [] },
            { path: 'root/0', matchers: ['aspect="sales"'] },
          ],
          receiver: 'channel',
          ways_out: ['slack'],
          department: 'sales',
          department_why: 'named by the route',
          group: {
            key: expect.stringMatching(/^root\/0#/),
            labels: { aspect: 'sales', department: 'sales' },
          },
          group_wait: '1m',
          group_interval: '5m',
          repeat_interval: '4h',
        },
      ],
    });
  });

  it('sends the opinions of one text to their departments, with the labels given beside it', async () => {
    const { code, out, opened } = await run({
      text: 'product fine, sales\u001B[31m rude',
      labels: 'tier=gold',
    });

    expect(code).toBe(0);
    expect(opened.map(({ isClosed }) => isClosed)).toEqual([true]);
    expect(out).toContain('1: product fine, sales [31m rude');
    expect(out).toContain(
      'tier=gold aspect=product polarity=negative intent=complaint lang=en urgency=1 "product"',
    );
    expect(out).toContain('root/0/0');
  });

  it('takes a file line by line, goes on behind a line that cannot be read, and then fails', async () => {
    const content = Buffer.concat([
      Buffer.from('sales rude\r\n\nnothing\nbuy spam\nhang\n'),
      Buffer.from([0xff, 0x0a]),
      Buffer.from('product bad'),
    ]);

    const { code, lines, err } = await run({ file: fileOf(content) });

    expect(code).toBe(1);
    expect(lines.filter((line) => /^\d/.test(line))).toEqual([
      '1: sales rude',
      '3: nothing',
      '4: buy spam',
      '7: product bad',
    ]);
    expect(lines).toContain('  no opinion: goes to no route');
    expect(lines).toContain('  spam: goes to the quarantine, not to a route');
    expect(err).toEqual(['5: ran past its deadline', '6: line 6 is not valid UTF-8']);
  });

  it('prints one JSON object a line for texts', async () => {
    const many = Array.from({ length: 150 }, (_, index) => `sales ${index}`).join('\n');

    const { code, lines } = await run({ file: fileOf(`hang\n${many}`), json: true });

    const read = lines.map((line) => Numbered.parse(JSON.parse(line)));
    expect(code).toBe(1);
    expect(read[0]).toEqual({ line: 1, error: 'ran past its deadline' });
    expect(read.map(({ line }) => line)).toEqual(Array.from({ length: 151 }, (_, index) => index + 1));
    expect(read[150]).toMatchObject({
      text: 'sales 149',
      spam: false,
      opinions: [{ labels: { aspect: 'sales' } }],
    });
  });

  it('names a file that is not there, and closes the classifier', async () => {
    const { code, err, opened } = await run({ file: '/nowhere/texts.txt' });

    expect(code).toBe(1);
    expect(err).toEqual(['routes test: /nowhere/texts.txt: no such file; check the path']);
    expect(opened[0]?.isClosed).toBe(true);
  });

  it.each([
    [{}, 'give --labels aspect=sales,…, --text "…" or --file FILE'],
    [{ text: 'a', file: 'b' }, '--text and --file exclude each other'],
    [{ text: ' ' }, '--text is empty'],
    [{ labels: 'aspct=sales' }, '--labels: unknown label "aspct", did you mean "aspect"?'],
    [{ labels: 'aspect=slaes' }, '--labels: aspect is never "slaes", did you mean "sales"?'],
    [{ labels: 'tier=1,tier=2' }, '--labels: "tier" stands there twice'],
    [{ labels: 'sales' }, '--labels: cannot read "sales"'],
    [{ labels: 'tier="1' }, '--labels: cannot read'],
  ])('refuses %j as wrong use', async (input, message) => {
    const { code, err } = await run(input);

    expect(code).toBe(2);
    expect(err).toEqual([expect.stringContaining(message)]);
  });
});
