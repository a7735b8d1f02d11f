// Rooms from top to bottom (docs/architecture.md): an import may point down or stay in its room, never up.
const rooms = [
  '^workers/|^src/cli/|^src/main\\.ts$',
  '^src/app/',
  '^src/http/|^src/web/',
  '^src/config/',
  '^src/contract/',
  '^src/sources/|^src/receivers/',
  '^src/store/|^src/queue/',
  '^src/pipeline/',
  '^src/analysis/|^src/routing/',
  '^src/digest/',
  '^src/domain/',
  '^src/lib/',
];

const upward = rooms.slice(1).map((from, index) => ({
  name: `no-import-up-from-${from.replace(/[^a-z|/]/g, '')}`,
  severity: 'error',
  comment: 'An import may only point down the rooms of docs/architecture.md; declare a port in src/domain/ports instead.',
  from: { path: from },
  to: { path: rooms.slice(0, index + 1).join('|') },
}));

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'pipeline-speaks-to-ports',
      severity: 'error',
      comment: 'A use case knows no database, queue, HTTP or plug-in; it is handed ports.',
      from: { path: '^src/(pipeline|analysis|routing|digest|domain)/' },
      to: { path: '^src/(store|queue|http|sources|receivers|config|app)/|node_modules/(@prisma|pg|bullmq|ioredis|express)/' },
    },
    {
      name: 'plug-ins-do-not-know-each-other',
      severity: 'error',
      from: { path: '^src/(sources|receivers)/([^/]+)/' },
      to: { path: '^src/(sources|receivers)/([^/]+)/', pathNot: '^src/$1/$2/' },
    },
    {
      name: 'web-speaks-to-the-contract',
      severity: 'error',
      comment: 'The app in the browser knows the API by its shapes alone.',
      from: { path: '^src/web/' },
      to: { path: '^src/', pathNot: '^src/(web|contract)/' },
    },
    {
      name: 'nothing-imports-the-web',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^src/web/' },
      to: { path: '^src/web/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'src/store/generated' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
