import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectDoor } from '../hosting/door-client.ts'

let folder: string
let children: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'main-'))
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  rmSync(folder, { recursive: true, force: true })
})

interface Started {
  child: ChildProcess
  /** First line on stdout. */
  first: Promise<string>
  exit: Promise<{ code: number | null; stdout: string; stderr: string }>
}

function start(args: string[], env: Record<string, string> = {}): Started {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [main, '--no-open', ...args], {
    env: { ...process.env, LC_ALL: '', LC_MESSAGES: '', LANG: 'C', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const exit = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  const line = new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve))
  const ended = exit.then((end) => {
    throw new Error(`ended before it said anything: ${end.code} ${end.stderr}`)
  })
  const first = Promise.race([line, ended])
  // A process that ends without a line fails the test that waits for one.
  first.catch(() => undefined)
  return { child, first, exit }
}

const data = (name = 'data') => join(folder, name)

describe('npm start', () => {
  it('says where it is, gives a fresh link when started again, and stops when asked', async () => {
    const host = start(['--data', data(), '--port', '0', '--json'])
    const ready = JSON.parse(await host.first)
    expect(ready).toMatchObject({ event: 'ready', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) })
    expect(ready.launchUrl).toMatch(new RegExp(`^${ready.url}/launch\\?token=[\\w-]{43}$`))

    const again = await start(['--data', data(), '--json']).exit
    const other = JSON.parse(again.stdout)
    expect(again.code).toBe(0)
    expect(other).toMatchObject({ event: 'ready', url: ready.url, already: true })
    expect(other.launchUrl).not.toBe(ready.launchUrl)
    for (const link of [ready.launchUrl, other.launchUrl]) {
      expect((await fetch(link, { redirect: 'manual' })).status).toBe(303)
    }

    const opened = await start(['--data', data(), '--json', '--lan']).exit
    expect(opened).toMatchObject({ code: 4, stderr: expect.stringContaining('Not opened to the network') })

    host.child.kill('SIGTERM')
    expect(await host.exit).toMatchObject({ code: 0, stderr: '' })
    expect(await connectDoor(data())).toBeNull()
  }, 60_000)

  it('speaks the language of the terminal', async () => {
    const host = start(['--data', data(), '--port', '0'], { LANG: 'es_ES.UTF-8' })
    expect(await host.first).toMatch(/^Mostrador está en marcha en http/)
    host.child.kill('SIGINT')
    expect((await host.exit).stdout).toContain('Mostrador se ha parado.')
  }, 60_000)

  it('after a sudden death starts again as if nothing were', async () => {
    const host = start(['--data', data(), '--port', '0', '--json'])
    await host.first
    host.child.kill('SIGKILL')
    await host.exit
    expect(await connectDoor(data())).toBeNull()
    const next = start(['--data', data(), '--port', '0', '--json'])
    expect(JSON.parse(await next.first)).not.toHaveProperty('already')
    next.child.kill('SIGTERM')
    expect((await next.exit).code).toBe(0)
  }, 60_000)

  it('says plainly what is in its way', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    writeFileSync(join(folder, 'file'), '')
    const [inUse, noFolder, wrong, closed] = await Promise.all([
      start(['--data', data(), '--port', String(port), '--json']).exit,
      start(['--data', join(folder, 'file', 'data')]).exit,
      start(['--port', 'many']).exit,
      start(['--data', data('lan'), '--port', '0', '--lan', '--lan-port', '0', '--json']).exit,
    ])
    taken.close()
    expect(inUse.code).toBe(4)
    expect(JSON.parse(inUse.stdout)).toEqual({ event: 'error', code: 'host.port_in_use', data: { port } })
    expect(inUse.stderr).toContain(`--port ${port + 1}`)
    expect(noFolder).toMatchObject({ code: 5, stderr: expect.stringContaining('There is no right') })
    expect([closed.code, JSON.parse(closed.stdout)]).toEqual([
      2,
      { event: 'error', code: 'access.no_password', data: {} },
    ])
    expect(closed.stderr).toContain('access password')
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage') })
  }, 60_000)
})
