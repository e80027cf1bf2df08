const only = (name, from, toNot, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(ingest|server|web|test)/', pathNot: toNot },
});
const npmOnlyIn = (name, packages, from) => ({
  name,
  severity: 'error',
  from: { pathNot: `${from}|^test/` },
  to: { path: `node_modules/(@types/)?(${packages})` },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only(
      'ingest-stands-alone',
      '^ingest/',
      '^ingest/',
      'ingest knows no database, no HTTP, no browser',
    ),
    only(
      'store-sees-ingest-only',
      '^server/store/',
      '^(server/store|ingest)/',
      'the store speaks report vocabulary',
    ),
    only(
      'analysis-is-pure',
      '^server/analysis/',
      '^(server/analysis/|ingest/|server/store/store\\.ts$)',
      'analysis is arithmetic over vocabulary types',
    ),
    only(
      'api-uses-analysis-and-store',
      '^server/api/',
      '^(server/(api|analysis|store)/|ingest/)',
      'routes do not know main, settings or web',
    ),
    only(
      'web-sees-the-contract-only',
      '^web/',
      '^(web/|server/api/contract\\.ts$)',
      'the browser knows the API, nothing behind it',
    ),
    {
      name: 'web-contract-is-types',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^server/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'not-to-test', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
    {
      name: 'pure-core',
      comment: 'only the named shells of ingest do input and output',
      severity: 'error',
      from: { path: '^(server/analysis|ingest)/', pathNot: '^ingest/(poll|mailbox|files)' },
      to: {
        dependencyTypes: ['core'],
        pathNot: ['^zlib$', '^net$', '^url$', '^buffer$', '^crypto$', '^stream', '^events$'],
      },
    },
    npmOnlyIn('imap-only-in-mailbox', 'imapflow', '^ingest/mailbox'),
    npmOnlyIn('sqlite-only-in-store', 'better-sqlite3', '^server/store/'),
    npmOnlyIn('xml-only-in-xml', 'fast-xml-parser', '^ingest/xml\\.ts$'),
    npmOnlyIn('zip-only-in-zip', 'adm-zip', '^ingest/zip'),
    npmOnlyIn('uplot-only-in-charts', 'uplot', '^web/chart'),
    npmOnlyIn('fastify-only-in-api', 'fastify|@fastify', '^server/api/'),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
  },
};
