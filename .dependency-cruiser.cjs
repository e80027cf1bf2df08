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
      '^(server/(store|records)|ingest)/',
      'the store speaks report vocabulary',
    ),
    only(
      'analysis-is-pure',
      '^server/analysis/',
      '^(server/(analysis|records)/|ingest/|server/store/(store|domain-mail|source-naming)\\.ts$)',
      'analysis is arithmetic over vocabulary types',
    ),
    only(
      'records-are-pure-text',
      '^server/records/',
      '^(server/records/|ingest/)',
      'what a published record says needs no resolver',
    ),
    only(
      'dns-is-off-the-report-path',
      '^server/dns/',
      '^(server/(dns|records)/|ingest/(ip-address|domain-name|report)\\.ts$)',
      'the resolver knows no mail and no store',
    ),
    only(
      'insight-joins-store-and-analysis',
      '^server/insight/',
      '^(server/(insight|analysis|records|store)/|ingest/)',
      'reads the store, asks the analysis, keeps the answer; no HTTP, no resolver',
    ),
    only(
      'api-uses-analysis-and-store',
      '^server/api/',
      '^(server/(api|analysis|insight|records|store)/|ingest/)',
      'routes do not know main, settings or web',
    ),
    only(
      'web-sees-the-contract-only',
      '^web/',
      '^(web/|server/api/contract[a-z-]*\\.ts$)',
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
      from: {
        path: '^(server/(analysis|records)|ingest)/',
        pathNot: '^ingest/(poll|mailbox|files)',
      },
      to: {
        dependencyTypes: ['core'],
        pathNot: ['^zlib$', '^net$', '^url$', '^buffer$', '^crypto$', '^stream', '^events$'],
      },
    },
    npmOnlyIn('imap-only-in-mailbox', 'imapflow', '^ingest/mailbox'),
    npmOnlyIn('sqlite-only-in-store', 'better-sqlite3', '^server/store/'),
    npmOnlyIn('dns-packets-only-in-dns', 'dns-packet', '^server/dns/'),
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
