#!/usr/bin/env node
// The door that every Node can read: says in one line when Node is too old, else runs the TypeScript beside it.
'use strict';
var parts = process.versions.node.split('.').map(Number);
if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 19)) {
  console.error(
    'earshot: needs Node 20.19 or newer, this is ' +
      process.versions.node +
      '; install a newer one from https://nodejs.org',
  );
  process.exit(1);
}
void import('tsx/esm/api')
  .then(function (tsx) {
    tsx.register();
    return import('./main.ts');
  })
  .then(function (main) {
    return main.run(process.argv);
  })
  .catch(function (error) {
    var isNotInstalled = error && error.code === 'ERR_MODULE_NOT_FOUND';
    console.error(
      isNotInstalled ? 'earshot: a package is missing; run `npm ci` first (' + error.message + ')' : error,
    );
    process.exit(1);
  });
