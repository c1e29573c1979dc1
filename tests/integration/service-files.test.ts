import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { programFlags, programVariables, readOptions } from '../../main/headless/options.ts'
import { stopMs } from '../../main/headless/start.ts'

// The program itself is started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 60_000 })

const root = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const unit = read('resources/service/mostrador.service')
const docker = read('Dockerfile')
const docs = { en: read('docs/headless.md'), es: read('docs/headless.es.md') }

/** Values of a key of the unit, in order. */
function unitValues(key: string): string[] {
  return unit.split('\n').flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []))
}

/** What follows an instruction of the Dockerfile; of its last stage the last one counts. */
function instructions(name: string): string[] {
  const lines = docker.replaceAll('\\\n', ' ').split('\n')
  return lines.flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1).trim()] : []))
}

/** The source that a built file comes from. */
function isProgram(built: string): boolean {
  return existsSync(join(root, built.replace(/^.*?out\//, '').replace(/[.]js$/, '.ts')))
}

const variables: readonly string[] = [...programVariables, 'NODE_ENV']

describe('the unit of systemd', () => {
  const [start = ''] = unitValues('ExecStart')
  const [, program = '', ...args] = start.split(' ')

  it('starts the program with options that it knows', () => {
    expect(isProgram(program)).toBe(true)
    expect(readOptions(args, {})).toMatchObject({ port: 4780, open: false, log: 'stdout' })
    const named = unitValues('Environment').map((value) => value.split('=')[0] ?? '')
    expect(variables).toEqual(expect.arrayContaining(named))
  })

  it('waits longer at a stop than the program takes', () => {
    expect(Number(unitValues('TimeoutStopSec')[0]) * 1_000).toBeGreaterThan(stopMs)
    expect(unitValues('Restart')).toEqual(['on-failure'])
  })

  it('gives away no right that it does not need', () => {
    for (const [key, value] of [
      ['NoNewPrivileges', 'yes'],
      ['ProtectSystem', 'strict'],
      ['ProtectHome', 'yes'],
      ['PrivateTmp', 'yes'],
      ['CapabilityBoundingSet', ''],
      ['StateDirectory', 'mostrador'],
      ['UMask', '0077'],
    ] as const)
      expect([key, unitValues(key)]).toEqual([key, [value]])
  })

  it.skipIf(!has('systemd-analyze'))('is one that systemd takes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'unit-'))
    try {
      const file = join(folder, 'mostrador.service')
      // The check wants the program in its place.
      writeFileSync(file, unit.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`))
      const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], {
        encoding: 'utf8',
      })
      // What it finds wrong with this computer is not ours.
      const said = `${stdout}\n${stderr}`.split('\n').filter((line) => line.includes('mostrador.service'))
      expect(said).toEqual([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('the Dockerfile', () => {
  it('starts the program with options that it knows', () => {
    const [, program = ''] = JSON.parse(instructions('ENTRYPOINT').at(-1) ?? '[]')
    expect(isProgram(program)).toBe(true)
    const env = Object.fromEntries(
      (instructions('ENV').at(-1) ?? '').split(' ').map((pair) => pair.split('=') as [string, string]),
    )
    expect(variables).toEqual(expect.arrayContaining(Object.keys(env)))
    const args: string[] = JSON.parse(instructions('CMD').at(-1) ?? '[]')
    const options = readOptions(args, env)
    expect(options).toMatchObject({ dataDir: '/data', port: 4780, log: 'stdout', open: false })
    expect(options?.network).toMatchObject({ host: '0.0.0.0', port: 4781 })
    expect(instructions('EXPOSE')).toEqual(['4781'])
  })

  it('copies what there is, runs without rights and knows whether it serves', () => {
    for (const copy of instructions('COPY')) {
      const [, from = ''] = /^--from=build \/app\/(\S+)/.exec(copy) ?? []
      if (from !== '' && !['out', 'node_modules'].includes(from))
        expect([from, existsSync(join(root, from))]).toEqual([from, true])
    }
    expect(instructions('USER')).toEqual(['node'])
    expect(instructions('VOLUME')).toEqual(['/data'])
    expect(docker).toContain('http://127.0.0.1:4780/health')
    expect(existsSync(join(root, 'node_modules/vite/bin/vite.js'))).toBe(true)
    const ignored = read('.dockerignore').split('\n')
    expect(ignored).toEqual(expect.arrayContaining(['.git', 'node_modules', 'out', 'tests']))
  })
})

describe('the program’s help', () => {
  it.each(['C', 'es_ES.UTF-8'])('names every option (%s)', async (LANG) => {
    const main = join(root, 'main', 'headless', 'main.ts')
    const env = { ...process.env, LC_ALL: '', LANG }
    const { stdout } = await promisify(execFile)(process.execPath, [main, '--help'], { env })
    const named = [...stdout.matchAll(/--(?:no-)?([a-z-]+)/g)].map(([, name]) => name)
    expect(named).toEqual(expect.arrayContaining(Object.keys(programFlags)))
    expect(new Set(named)).toEqual(new Set([...Object.keys(programFlags), 'headless']))
  })
})

describe.each(['en', 'es'] as const)('the manual (%s)', (language) => {
  const text = docs[language]

  it('names every option and every variable', () => {
    for (const name of Object.keys(programFlags))
      if (name !== 'help') expect([name, new RegExp(`--(no-)?${name}\\b`).test(text)]).toEqual([name, true])
    for (const name of programVariables) expect([name, text.includes(name)]).toEqual([name, true])
  })

  it('starts it with options that it knows', () => {
    const starts = [...text.matchAll(/^npm start -- --headless(.*)$/gm)].map(([, args = '']) => args)
    expect(starts.length).toBeGreaterThan(2)
    for (const args of starts)
      expect([args, readOptions(args.split(' ').filter(Boolean), {})]).not.toContain(null)
  })

  it('says the same in both languages', () => {
    const shape = (manual: string) => [
      [...manual.matchAll(/^#+ /gm)].length,
      [...manual.matchAll(/^\| /gm)].length,
      [...manual.matchAll(/^```$/gm)].length,
      [...manual.matchAll(/^- /gm)].length,
    ]
    expect(shape(text)).toEqual(shape(docs.en))
  })
})

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
