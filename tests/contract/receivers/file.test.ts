import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient } from '../../../src/lib/http-client.ts';
import { file } from '../../../src/receivers/file/index.ts';
import { describeReceiver, failureOf, messageOf, NOW, type Refusal } from './kit.ts';

const never = new AbortController().signal;

function receiverAt(dataDir: string, relative: string) {
  const deps = {
    http: createHttpClient({ privateNetworks: [] }),
    dataDir,
    clock: () => NOW,
    privateNetworks: [],
  };
  return file.create(file.options.parse({ path: relative }), deps);
}

async function linesOf(target: string): Promise<string[]> {
  const text = await readFile(target, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

async function setUp() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'earshot-file-'));
  const target = path.join(dataDir, 'out/box.ndjson');
  return {
    receiver: receiverAt(dataDir, 'out/box.ndjson'),
    dataDir,
    target,
    secrets: [dataDir],
    seenIds: async () => (await linesOf(target)).map((line) => JSON.parse(line).id),
    seenWords: async () => JSON.parse((await linesOf(target)).at(-1) ?? '{}').data.words,
    close: () => rm(dataDir, { recursive: true, force: true }),
  };
}

type FileRig = Awaited<ReturnType<typeof setUp>>;

const refusals: readonly Refusal<FileRig>[] = [
  {
    name: 'a folder in its place: wrong destination',
    kind: 'not-found',
    arrange: async ({ target }) => void (await mkdir(target, { recursive: true })),
  },
  {
    name: 'a file where a folder has to be: wrong destination',
    kind: 'not-found',
    arrange: ({ dataDir }) => writeFile(path.join(dataDir, 'out'), ''),
  },
  {
    name: 'a link in its place: wrong destination',
    kind: 'not-found',
    arrange: async ({ dataDir, target }) => {
      await mkdir(path.dirname(target));
      await symlink(path.join(dataDir, 'elsewhere'), target);
    },
  },
  {
    name: 'a folder that leads out of the data folder: wrong destination',
    kind: 'not-found',
    arrange: ({ dataDir }) => symlink(tmpdir(), path.join(dataDir, 'out')),
  },
];

describeReceiver({ kind: 'file', setUp, refusals, words: (words) => messageOf({ payload: { words } }) });

describe('file', () => {
  let rig: FileRig;

  beforeEach(async () => {
    rig = await setUp();
  });

  afterEach(() => rig.close());

  it('starts a fresh line after one that a crash tore', async () => {
    await rig.receiver.send(messageOf({ id: 'first' }), never);
    await writeFile(rig.target, '{"type":"notification","id":"to', { flag: 'a' });

    await rig.receiver.send(messageOf({ id: 'second' }), never);

    const [first, torn, second, ...rest] = await linesOf(rig.target);
    expect([JSON.parse(first ?? '').id, torn, JSON.parse(second ?? '').id, rest]).toEqual([
      'first',
      '{"type":"notification","id":"to',
      'second',
      [],
    ]);
  });

  it('keeps lines whole when many messages are written side by side', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `message-${index}`);
    const payload = { words: 'long '.repeat(2_000) };

    await Promise.all(ids.map((id) => rig.receiver.send(messageOf({ id, payload }), never)));

    expect(await rig.seenIds()).toHaveLength(ids.length);
    expect(new Set(await rig.seenIds())).toEqual(new Set(ids));
  });

  it('leaves everything outside the data folder alone', async () => {
    await symlink(tmpdir(), path.join(rig.dataDir, 'out'));

    await failureOf(rig.receiver.send(messageOf(), never));

    expect(await linesOf(path.join(tmpdir(), 'box.ndjson'))).toEqual([]);
  });

  it.each(['../x', '/etc/x', 'a/../../x', '.', '..', '', 'a/', 'a\0b', 'a/..'])(
    'refuses the path %j',
    (relative) => {
      expect(file.options.safeParse({ path: relative }).success).toBe(false);
    },
  );
});
