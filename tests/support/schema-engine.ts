import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';

/** The part of the WebAssembly API this file needs; Node's types leave it to the browser's. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

/** Prisma's schema engine as WebAssembly: the native one is a download. Node 20 does not import .wasm, so it is instantiated by hand. */
export async function openSchemaEngine(
  adapter: PrismaPg,
  schema: string,
): Promise<engineModule.SchemaEngine> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const bytes = await readFile(entry.replace('schema_engine.js', 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engineModule });
  const { __wbg_set_wasm: setWasm } = engineModule as unknown as { __wbg_set_wasm(exports: object): void };
  setWasm(instance.exports);
  instance.exports.__wbindgen_start();
  const factory = bindMigrationAwareSqlAdapterFactory(adapter);
  return engineModule.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, factory);
}
