import { describe, expect, it } from 'vitest';
import { readEnv } from '../../../src/config/env.ts';

describe('readEnv', () => {
  it('has a default for everything that is not secret', () => {
    expect(readEnv({})).toEqual({
      configFile: 'earshot.yaml',
      isConfigFileNamed: false,
      dataFolder: '.earshot',
      databaseUrl: undefined,
      redisUrl: undefined,
      port: 4000,
      host: '127.0.0.1',
      secretKey: undefined,
      publicUrl: 'http://127.0.0.1:4000',
      logLevel: 'info',
    });
  });

  it('reads what is set and takes an empty variable as not set', () => {
    const read = readEnv({
      EARSHOT_CONFIG: 'conf/a.yaml',
      EARSHOT_DATA: '/var/lib/earshot',
      DATABASE_URL: 'postgresql://me:pw@db/earshot',
      REDIS_URL: 'redis://a:7000,redis://b:7000',
      PORT: '0',
      HOST: '::1',
      EARSHOT_SECRET_KEY: 'k'.repeat(32),
      LOG_LEVEL: '',
      HOME: '/root',
    });

    expect(read).toMatchObject({
      configFile: 'conf/a.yaml',
      isConfigFileNamed: true,
      port: 0,
      logLevel: 'info',
    });
    expect(read.databaseUrl?.reveal()).toBe('postgresql://me:pw@db/earshot');
    expect(read.redisUrl?.reveal()).toBe('redis://a:7000,redis://b:7000');
    expect(read.secretKey?.reveal()).toBe('k'.repeat(32));
    expect(JSON.stringify(read)).not.toMatch(/pw|kkk/);
  });

  it.each([
    [{ EARSHOT_URL: 'https://ears.example/feedback//' }, 'https://ears.example/feedback'],
    [{ HOST: '0.0.0.0', PORT: '80' }, 'http://127.0.0.1:80'],
    [{ HOST: '::1' }, 'http://[::1]:4000'],
    [{ HOST: 'ears.example' }, 'http://ears.example:4000'],
  ])('gives links the address of %j', (env, publicUrl) => {
    expect(readEnv(env).publicUrl).toBe(publicUrl);
  });

  it('tells all faults at once, each with its remedy and without the value', () => {
    expect(() =>
      readEnv({
        DATABASE_URL: 'mysql://me:pa55word@db',
        REDIS_URL: 'localhost:6379',
        PORT: '70000',
        HOST: 'http://x',
        EARSHOT_SECRET_KEY: 'short',
        EARSHOT_URL: 'ftp://x',
        LOG_LEVEL: 'wran',
      }),
    ).toThrow(
      [
        'environment: DATABASE_URL must look like postgres://user:password@host:5432/database',
        'environment: REDIS_URL must look like redis://host:6379, or rediss:// with TLS',
        'environment: PORT must be a number from 0 to 65535',
        'environment: HOST must be a host name or IP address without scheme and port, for instance 127.0.0.1',
        'environment: EARSHOT_SECRET_KEY must have at least 32 characters; `openssl rand -hex 32` makes one',
        'environment: EARSHOT_URL must be an http:// or https:// address, for instance https://earshot.example',
        'environment: LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent; did you mean warn?',
      ].join('\n'),
    );
  });

  it.each(['https://me:pw@ears.example', 'https://ears.example/?a=b', 'https://ears.example/#top'])(
    'refuses %s as the address of links',
    (url) => {
      expect(() => readEnv({ EARSHOT_URL: url })).toThrow(
        'EARSHOT_URL must be an address without user, "?" and "#"',
      );
    },
  );
});
