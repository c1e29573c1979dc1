/**
 * The layer rules of ARCHITECTURE.md. `scripts/check-layers.mjs` runs them, and plants one wrong import for each rule
 * to prove that the tool still sees: add a plant there with every rule here.
 */

const tests = '(^tests/|[.]test[.]tsx?$)'
const node =
  '^(node:|(assert|buffer|child_process|cluster|crypto|dgram|dns|events|fs|http|http2|https|net|os|path|process|readline|stream|tls|url|util|v8|vm|worker_threads|zlib)(/|$))'

/** A package that only some folders may import. */
function vendor(name, packages, owners) {
  return {
    name: `vendor-${name}`,
    comment: `${packages} belongs to ${owners.join(', ')}`,
    severity: 'error',
    from: { path: '^(main|preload|renderer)/', pathNot: [tests, ...owners] },
    to: { path: `(^|node_modules/)(${packages})(/|$)` },
  }
}

/** Where a shop's parts are put together: they may name them all. */
const wiring = '^main/core/shops/(shop|assemble-[a-z]+)[.]ts$'

/** Folders whose every file is meant for the whole core: no feature, but the ground that features stand on. */
const ground = '(storage|money|language|understanding)'

/** What a feature shows to the others beside `service.ts`: types and pure logic, no access to data. */
const shown = [
  'service',
  'product|prices?|profile|entry|journal|hours|cart|channel|inbound|outbound|engine|facts|gate|agent|tool|registry|shop|media|customer|conversation|message|turn|trace|person|people|session',
  // selling
  'order|states|pricing|sellable|settings|discount',
  'order|states|settings|pricing|discounts?|checkout|confirmation|card|demand|tariff|quote|answers|document|template|export|filter',
  // serving people
  'rules|account|settings|draft|absence|risk|departures|reader',
  // engines and models
  'chain|health|engine|model-host|personality|spending|redaction|embedder|model|manifest|exam|prompts?|carry-over',
].join('|')

export default {
  forbidden: [
    {
      name: 'core-stands-alone',
      comment: 'the core knows no contract, no host, no desk',
      severity: 'error',
      from: { path: '^main/core/', pathNot: tests },
      to: { path: '^(main/(api|hosting|electron|headless|cli)|preload|renderer)/' },
    },
    {
      name: 'core-never-reaches-electron',
      comment: 'not even through another file: the core and the api are plain Node',
      severity: 'error',
      from: { path: '^main/(core|api)/' },
      to: { path: '(^|node_modules/)electron(/|$)', reachable: true },
    },
    {
      name: 'api-knows-no-host',
      severity: 'error',
      from: { path: '^main/api/', pathNot: tests },
      to: { path: '^(main/(hosting|electron|headless|cli)|renderer)/' },
    },
    {
      name: 'hosts-are-strangers',
      comment: 'no host imports another; only the command line may start and reach the headless one',
      severity: 'error',
      from: { path: '^main/(hosting|electron|headless)/', pathNot: tests },
      to: { path: '^main/(electron|headless|cli)/', pathNot: '^main/$1/' },
    },
    {
      name: 'contract-stands-alone',
      comment: 'the contract is shared by both sides and depends on neither',
      severity: 'error',
      from: { path: '^preload/', pathNot: tests },
      to: { path: '^(main|renderer)/' },
    },
    {
      name: 'desk-knows-the-contract-only',
      severity: 'error',
      from: { path: '^renderer/', pathNot: tests },
      to: { path: '^(main/|preload/(?!contract/))' },
    },
    {
      name: 'desk-is-no-node',
      comment: 'the desk runs in a browser',
      severity: 'error',
      from: { path: '^(renderer|preload/contract)/', pathNot: tests },
      to: { path: node },
    },
    {
      name: 'features-keep-their-tables',
      comment: 'a feature is reached through its service, never through its repository or tables',
      severity: 'error',
      from: { path: '^main/core/([^/]+)/', pathNot: tests },
      to: { path: '^main/core/.+(repository|tables)[.]ts$', pathNot: '^main/core/$1/' },
    },
    {
      name: 'features-show-their-service',
      comment: 'of another feature only its service and its type files may be imported',
      severity: 'error',
      from: { path: '^main/core/([^/]+)/', pathNot: [tests, wiring] },
      to: {
        path: '^main/core/[^/]+/',
        pathNot: ['^main/core/$1/', `^main/core/${ground}/`, `^main/core/.+[/-](${shown})[.]ts$`],
      },
    },
    {
      name: 'outside-uses-services',
      comment: 'api and hosts reach no table either',
      severity: 'error',
      from: { path: '^main/(api|hosting|electron|headless|cli)/', pathNot: tests },
      to: { path: '^main/core/.+(repository|tables)[.]ts$' },
    },
    vendor('sqlite', 'better-sqlite3', ['^main/core/storage/']),
    vendor('drizzle', 'drizzle-orm', ['^main/core/storage/', '^main/core/.*(tables|repository)[.]ts$']),
    vendor('lancedb', '@lancedb/lancedb|apache-arrow', ['^main/core/search/']),
    vendor('grammy', 'grammy|@grammyjs/[^/]+', ['^main/core/channels/telegram/']),
    vendor('whatsapp', 'whatsapp-web[.]js|puppeteer|puppeteer-core', ['^main/core/channels/whatsapp/']),
    vendor('browsers', '@puppeteer/browsers', ['^main/core/browsers/']),
    vendor('qr-codes', 'uqr', ['^renderer/', '^main/cli/']),
    vendor('csv', 'csv-parse|html-to-text', ['^main/core/catalog/']),
    vendor('phone-numbers', 'libphonenumber-js', ['^main/core/customers/']),
    vendor('spreadsheets', 'csv-stringify|fflate', ['^main/core/exports/']),
    vendor('pdf', 'pdfmake', ['^main/core/documents/']),
    vendor('local-models', 'node-llama-cpp', ['^main/core/engines/local/']),
    vendor('archives', 'tar', ['^main/core/models/cuda/']),
    vendor('remote-models', 'openai', ['^main/core/engines/remote/']),
    vendor('web-server', 'ws|sirv|open', ['^main/hosting/', '^main/headless/', '^main/cli/']),
    vendor('certificates', '@peculiar/x509|reflect-metadata', ['^main/headless/']),
    vendor('desktop', 'electron|electron-updater', ['^main/electron/', '^preload/index[.]ts$']),
    vendor('log', 'pino|pino-roll', ['^main/hosting/', '^main/cli/']),
    vendor('command-line', 'commander', ['^main/cli/']),
    vendor(
      'desk-kit',
      'react|react-dom|@mantine/[^/]+|@tabler/[^/]+|@tanstack/[^/]+|zustand|i18next|react-i18next|wouter',
      ['^renderer/'],
    ),
    {
      name: 'no-cycles',
      comment: 'of files that load each other; types alone may refer to each other',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/' },
      to: { couldNotResolve: true, pathNot: '^electron$' },
    },
    {
      name: 'shipped-code-needs-shipped-packages',
      comment:
        'the main process is not bundled with its packages, so a development dependency is missing at the shop',
      severity: 'error',
      from: { path: '^main/', pathNot: tests },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: '^(node_modules/@types/|node_modules/electron/)',
      },
    },
    {
      name: 'product-knows-no-tests',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/', pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]css$' },
    // TypeScript 7 has no API for it yet, and without a parser it sees no file: swc reads TypeScript instead.
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
}
