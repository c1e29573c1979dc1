// The layer rules, and the canary: a copy of the sources gets one wrong import for each rule, and each must be seen.
// (A version of the tool that meets a compiler it does not know reports "no violations" and has looked at nothing.)
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import rules from '../.dependency-cruiser.mjs'
import { inRoot, root } from './setup/project.mjs'

const folders = ['main', 'preload', 'renderer']
const fewestModules = 100

/** For each rule the files that break it. */
const plants = {
  'core-stands-alone': {
    'main/core/plant/a.ts': "import '../../api/plant.ts'\n",
    'main/api/plant.ts': 'export {}\n',
  },
  'core-never-reaches-electron': {
    'main/core/plant/b.ts': "import '../plant-bridge.ts'\n",
    'main/core/plant-bridge.ts': "import '../plant-shell.ts'\n",
    'main/plant-shell.ts': "import 'electron'\n",
  },
  'api-knows-no-host': {
    'main/api/plant-b.ts': "import '../cli/plant.ts'\n",
    'main/cli/plant.ts': 'export {}\n',
  },
  'hosts-are-strangers': { 'main/headless/plant.ts': "import '../cli/plant.ts'\n" },
  'contract-stands-alone': {
    'preload/contract/plant.ts':
      "import type { Actor } from '../../main/core/actor.ts'\nexport type A = Actor\n",
  },
  'desk-knows-the-contract-only': {
    'renderer/src/plant-a.ts':
      "import type { Actor } from '../../main/core/actor.ts'\nexport type A = Actor\n",
  },
  'desk-is-no-node': { 'renderer/src/plant-b.ts': "import 'node:fs'\n" },
  'features-keep-their-tables': {
    'main/core/plant/c.ts': "import '../plant-other/repository.ts'\n",
    'main/core/plant-other/repository.ts': 'export {}\n',
  },
  'features-show-their-service': {
    'main/core/plant/d.ts': "import '../plant-other/inner.ts'\n",
    'main/core/plant-other/inner.ts': 'export {}\n',
  },
  'outside-uses-services': { 'main/api/plant-c.ts': "import '../core/plant-other/repository.ts'\n" },
  'vendor-sqlite': { 'main/core/plant/e.ts': "import 'better-sqlite3'\n" },
  'vendor-drizzle': { 'main/core/plant/f.ts': "import 'drizzle-orm'\n" },
  'vendor-lancedb': { 'main/core/plant/g.ts': "import '@lancedb/lancedb'\n" },
  'vendor-grammy': { 'main/core/plant/h.ts': "import 'grammy'\n" },
  'vendor-whatsapp': { 'main/core/plant/whatsapp.ts': "import 'whatsapp-web.js'\n" },
  'vendor-browsers': { 'main/core/plant/browsers.ts': "import '@puppeteer/browsers'\n" },
  'vendor-qr-codes': { 'main/core/plant/qr.ts': "import 'uqr'\n" },
  'vendor-csv': { 'main/core/plant/i.ts': "import 'csv-parse'\n" },
  'vendor-phone-numbers': { 'main/core/plant/phones.ts': "import 'libphonenumber-js/max'\n" },
  'vendor-spreadsheets': { 'main/core/plant/sheet.ts': "import 'fflate'\n" },
  'vendor-pdf': { 'main/core/plant/paper.ts': "import 'pdfmake'\n" },
  'vendor-local-models': { 'main/core/plant/local.ts': "import 'node-llama-cpp'\n" },
  'vendor-archives': { 'main/core/plant/archive.ts': "import 'tar'\n" },
  'vendor-remote-models': { 'main/core/plant/remote.ts': "import 'openai'\n" },
  'vendor-web-server': { 'main/core/plant/j.ts': "import 'ws'\n" },
  'vendor-desktop': { 'main/core/plant/shell.ts': "import 'electron-updater'\n" },
  'vendor-certificates': { 'main/core/plant/certificate.ts': "import '@peculiar/x509'\n" },
  'vendor-log': { 'main/core/plant/k.ts': "import 'pino'\n" },
  'vendor-command-line': { 'main/core/plant/l.ts': "import 'commander'\n" },
  'vendor-desk-kit': { 'main/core/plant/m.ts': "import 'zustand'\n" },
  'no-cycles': { 'main/core/plant/n.ts': "import './o.ts'\n", 'main/core/plant/o.ts': "import './n.ts'\n" },
  'nothing-unresolved': { 'main/core/plant/p.ts': "import './nowhere.ts'\n" },
  'shipped-code-needs-shipped-packages': { 'main/core/plant/q.ts': "import 'minisearch'\n" },
  'product-knows-no-tests': {
    'main/core/plant/r.ts': "import './s.test.ts'\n",
    'main/core/plant/s.test.ts': 'export {}\n',
  },
}

const real = await look(root)
for (const violation of real.violations) {
  const way = (violation.via ?? violation.cycle ?? []).map((step) => step.name).join(' → ')
  process.stdout.write(`${violation.rule.name}: ${violation.from} → ${way || violation.to}\n`)
}
const problems = real.violations.length > 0 ? [`${real.violations.length} wrong imports`] : []
if (real.modules < fewestModules) problems.push(`only ${real.modules} modules were seen: the check is blind`)
problems.push(...(await canary()))
process.stdout.write(`${real.modules} modules, ${rules.forbidden.length} rules\n`)
for (const problem of problems) process.stdout.write(`${problem}\n`)
process.exitCode = problems.length > 0 ? 1 : 0

async function look(baseDir) {
  process.chdir(baseDir)
  const options = { ...rules.options, ruleSet: { forbidden: rules.forbidden }, validate: true, baseDir }
  const { output } = await cruise(folders, options, undefined, {
    tsConfig: extractTSConfig(join(baseDir, 'tsconfig.json')),
  })
  const own = output.modules.filter((module) =>
    folders.some((folder) => module.source.startsWith(`${folder}/`)),
  )
  return { violations: output.summary.violations, modules: own.length }
}

/** The rules that did not see their plant. */
async function canary() {
  const copy = mkdtempSync(join(tmpdir(), 'mostrador-canary-'))
  try {
    for (const entry of [...folders, 'package.json', 'tsconfig.json'])
      cpSync(inRoot(entry), join(copy, entry), { recursive: true })
    symlinkSync(inRoot('node_modules'), join(copy, 'node_modules'), 'junction')
    for (const files of Object.values(plants)) {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(copy, path)), { recursive: true })
        writeFileSync(join(copy, path), content)
      }
    }
    const { violations } = await look(copy)
    const seen = new Set(violations.map((violation) => violation.rule.name))
    const blind = Object.keys(plants).filter((name) => !seen.has(name))
    const unplanted = rules.forbidden.map((rule) => rule.name).filter((name) => !(name in plants))
    return [
      ...blind.map((name) => `canary: the rule ${name} did not see the wrong import planted for it`),
      ...unplanted.map((name) => `canary: the rule ${name} has no plant in scripts/check-layers.mjs`),
    ]
  } finally {
    process.chdir(root)
    rmSync(copy, { recursive: true, force: true })
  }
}
