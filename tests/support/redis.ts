import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** Appended to the name of a test that needs a Redis, so that a skipped one shows why. */
export const NEEDS_REDIS = hasRedis ? '' : ' (skipped: redis-server is not installed)';

export interface TestRedis {
  readonly url: string;
  /** Runs one command on it. */
  call(command: string, ...args: readonly (string | number)[]): Promise<unknown>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A Redis of this test's own on a free loopback port; `settings` are lines of redis.conf. */
export async function startRedis(settings: readonly string[] = []): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-redis-'));
  const port = await freePort();
  const base = [`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`, 'save ""', 'maxmemory-policy noeviction'];
  const args = [...base, ...settings].flatMap((line) => {
    const [name = '', ...values] = line.split(' ');
    return [`--${name}`, ...values.map((value) => value.replaceAll('"', ''))];
  });
  let end = async (): Promise<void> => undefined;
  const restart = async (): Promise<void> => {
    const server = spawn('redis-server', args, { stdio: 'ignore' });
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    end = () => {
      server.kill('SIGKILL');
      return ended;
    };
    await call('PING');
  };
  const call = async (command: string, ...values: readonly (string | number)[]): Promise<unknown> => {
    const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50, maxRetriesPerRequest: 400 });
    client.on('error', () => undefined);
    try {
      return await client.call(command, ...values);
    } finally {
      client.disconnect();
    }
  };
  await restart();
  return {
    url: `redis://127.0.0.1:${port}`,
    call,
    kill: () => end(),
    restart,
    async close() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const SLOTS = 16_384;

/** A Redis Cluster of three masters; its URL names all of them. */
export async function startRedisCluster(): Promise<Pick<TestRedis, 'url' | 'close'>> {
  const nodes: (TestRedis & { readonly port: number; readonly bus: number })[] = [];
  for (let number = 0; number < 3; number += 1) {
    const bus = await freePort();
    const node = await startRedis([
      'cluster-enabled yes',
      `cluster-port ${bus}`,
      'cluster-node-timeout 5000',
    ]);
    nodes.push({ ...node, port: Number(new URL(node.url).port), bus });
  }
  const [first] = nodes;
  const ends = [0, 1, 2, 3].map((part) => Math.floor((part * SLOTS) / 3));
  for (const [number, node] of nodes.entries()) {
    await node.call('CLUSTER', 'ADDSLOTSRANGE', ends[number] ?? 0, (ends[number + 1] ?? 0) - 1);
    await first?.call('CLUSTER', 'MEET', '127.0.0.1', node.port, node.bus);
  }
  const isWhole = async (node: TestRedis): Promise<boolean> => {
    const info = String(await node.call('CLUSTER', 'INFO'));
    return info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3');
  };
  for (let tries = 0; tries < 300; tries += 1) {
    const whole = await Promise.all(nodes.map(isWhole));
    if (whole.every(Boolean)) break;
    await pause(100);
  }
  return {
    url: nodes.map(({ url }) => url).join(','),
    close: async () => void (await Promise.all(nodes.map((node) => node.close()))),
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
