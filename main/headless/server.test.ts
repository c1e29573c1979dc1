import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { TestHost, testUploadLimit } from '../../tests/fixtures/headless.ts'
import { readDoor } from '../hosting/door-file.ts'
import { runHost } from './run.ts'

// A host is started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let test: TestHost
let cookie: string
let own: { Host: string; Origin: string; Cookie: string }
beforeAll(async () => {
  test = await TestHost.start()
  cookie = await test.signIn()
  own = { Host: `127.0.0.1:${test.host.port}`, Origin: test.origin, Cookie: cookie }
})
afterAll(() => test.close())

function linkPath(): string {
  const { pathname, search } = new URL(test.host.launchUrl().launchUrl)
  return `${pathname}${search}`
}

describe('signing in', () => {
  it('exchanges a link for a cookie and leads to the desk, once', async () => {
    const path = linkPath()
    const first = await test.ask(path)
    expect(first.status).toBe(303)
    expect(first.headers.location).toBe('/')
    expect(first.headers['cache-control']).toBe('no-store')
    const [set = ''] = first.headers['set-cookie'] ?? []
    expect(set).toMatch(/^mostrador_[0-9a-f]{16}=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/)
    expect(set).toContain(test.host.instanceId)
    const second = await test.ask(path)
    expect(second.status).toBe(403)
    expect(second.headers['set-cookie']).toBeUndefined()
  })

  it('takes no guess and no HEAD', async () => {
    expect((await test.ask('/launch?token=')).status).toBe(403)
    expect((await test.ask(`/launch?token=${'a'.repeat(43)}`)).status).toBe(403)
    const path = linkPath()
    expect((await test.ask(path, { method: 'HEAD' })).status).toBe(401)
    expect((await test.ask(path)).status).toBe(303)
  })

  it('leads whoever is signed in already to the desk', async () => {
    const answer = await test.ask('/launch?token=old', { headers: { Cookie: cookie } })
    expect(answer.status).toBe(303)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('shows everybody else a plain page in their language', async () => {
    const spanish = await test.ask('/', { headers: { 'Accept-Language': 'es-MX,en;q=0.5' } })
    expect(spanish.status).toBe(401)
    expect(spanish.body).toContain('npm start')
    expect(spanish.body).toContain('lang="es"')
    expect(spanish.body).not.toContain('<script')
    expect((await test.ask('/', { headers: { 'Accept-Language': 'fr' } })).body).toContain('lang="en"')
    expect((await test.ask('/assets/a.js')).status).toBe(401)
    expect((await test.ask('/', { headers: { Cookie: `${cookie}x` } })).status).toBe(401)
  })
})

describe('the desk', () => {
  it('comes with strict headers and is not kept', async () => {
    const { status, headers, body } = await test.ask('/', { headers: { Cookie: cookie } })
    expect(status).toBe(200)
    expect(body).toContain('<title>desk</title>')
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['permissions-policy']).toContain('camera=()')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  })

  it('keeps its hashed files', async () => {
    const { status, headers } = await test.ask('/assets/a.js', { headers: { Cookie: cookie } })
    expect(status).toBe(200)
    expect(headers['cache-control']).toContain('immutable')
  })

  it.each([
    '/../private.txt',
    '/assets/../../private.txt',
    '/%2e%2e/private.txt',
    '/..%2fprivate.txt',
    '/assets/..%5c..%5cprivate.txt',
    '//etc/passwd',
    '/%00',
    '/%',
    '/.env',
    '/media/demo/../../private.txt',
    `/media/../../../${'a'.repeat(64)}`,
    `/media/demo/${'a'.repeat(64)}`,
    '/media/demo/..%2f..%2fshop.db',
    '/nothing',
  ])('serves nothing outside its files: %s', async (path) => {
    const { status, body } = await test.ask(path, { headers: { Cookie: cookie } })
    expect(status).toBe(404)
    expect(body).not.toContain('private')
  })
})

describe('the host name and the origin', () => {
  it.each(['localhost', 'evil.example', '127.0.0.1', '127.0.0.1:1'])('refuses the host %s', async (name) => {
    const host = name === 'localhost' ? `localhost:${test.host.port}` : name
    expect((await test.ask('/', { headers: { ...own, Host: host } })).status).toBe(421)
    const upload = { method: 'POST', headers: { ...own, Host: host }, body: 'x' }
    expect((await test.ask('/upload', upload)).status).toBe(421)
    expect(await test.knock('/rpc', { ...own, Host: host })).toBe(421)
  })

  it('takes its own on POST and on upgrades', async () => {
    expect((await test.ask('/upload', { method: 'POST', headers: own, body: 'x' })).status).toBe(201)
    const socket = await test.knock('/rpc', own)
    expect(typeof socket).not.toBe('number')
    if (typeof socket !== 'number') socket.close()
  })

  it.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost'])(
    'refuses the origin %s',
    async (origin) => {
      const headers = { ...own, Origin: origin }
      expect((await test.ask('/upload', { method: 'POST', headers, body: 'x' })).status).toBe(403)
      expect(await test.knock('/rpc', headers)).toBe(403)
    },
  )

  it('refuses POST and upgrades without an origin', async () => {
    const { Origin: _, ...headers } = own
    expect((await test.ask('/upload', { method: 'POST', headers, body: 'x' })).status).toBe(403)
    expect(await test.knock('/rpc', headers)).toBe(403)
  })

  it('refuses other methods', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH'])
      expect((await test.ask('/', { method, headers: own })).status).toBe(405)
  })
})

describe('upgrades', () => {
  it('need a session at /rpc', async () => {
    const { Cookie: _, ...headers } = own
    expect(await test.knock('/rpc', headers)).toBe(401)
    expect(await test.knock('/rpc', { ...headers, Cookie: `mostrador_${test.host.instanceId}=wrong` })).toBe(
      401,
    )
    expect(
      await test.knock('/rpc', { ...headers, Cookie: cookie.replace(/_\w+=/, '_0000000000000000=') }),
    ).toBe(401)
    expect(await test.knock('/other', own)).toBe(404)
  })

  it('need the token and no page at /door', async () => {
    const door = readDoor(test.dataFolder)
    const headers = { Authorization: `Bearer ${door?.token}` }
    expect(await test.knock('/door', {})).toBe(401)
    expect(await test.knock('/door', { Authorization: 'Bearer wrong' })).toBe(401)
    expect(await test.knock('/door', { Cookie: cookie })).toBe(401)
    expect(await test.knock('/door', { ...headers, Origin: test.origin })).toBe(403)
    expect(await test.knock('/door', { ...headers, Host: 'evil.example' })).toBe(421)
    const socket = await test.knock('/door', headers)
    expect(typeof socket).not.toBe('number')
    if (typeof socket !== 'number') socket.close()
  })

  it('end with a message that is too large', async () => {
    const { socket } = await test.desk(cookie)
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    socket.send('x'.repeat(5 * 1024 * 1024))
    expect(await closed).toBe(1009)
  })
})

describe('uploads', () => {
  it('need a session', async () => {
    const { Cookie: _, ...headers } = own
    const answer = await test.ask('/upload', { method: 'POST', headers, body: 'x' })
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.body)).toEqual({ code: 'session.required', data: {} })
  })

  it.each([
    ['declared', { 'Content-Length': String(testUploadLimit + 1) }],
    ['found out on the way', { 'Transfer-Encoding': 'chunked' }],
  ])('say so when they are too large: %s', async (_how, length) => {
    const body = 'x'.repeat(testUploadLimit + 1)
    const answer = await test.ask('/upload', { method: 'POST', headers: { ...own, ...length }, body })
    expect(answer.status).toBe(413)
    expect(JSON.parse(answer.body)).toEqual({ code: 'upload.too_large', data: { limit: testUploadLimit } })
    expect(readdirSync(join(test.dataFolder, 'uploads')).length).toBeLessThanOrEqual(5)
  })

  it('take what just fits', async () => {
    const body = 'x'.repeat(testUploadLimit)
    const answer = await test.ask('/upload', { method: 'POST', headers: own, body })
    expect(answer.status).toBe(201)
    expect(JSON.parse(answer.body)).toMatchObject({ size: testUploadLimit })
  })
})

describe('the data folder', () => {
  it('has a door for its owner alone, and no second host', async () => {
    expect(statSync(join(test.dataFolder, 'door.json')).mode & 0o777).toBe(0o600)
    await expect(runHost({ dataFolder: test.dataFolder, port: 0 })).rejects.toThrow('host.already_running')
  })

  it('never holds the session token', () => {
    const token = cookie.split('=')[1] ?? ''
    const stored = readFileSync(join(test.dataFolder, 'app.db'))
    const log = readFileSync(join(test.dataFolder, 'app.db-wal'))
    expect(stored.includes(token) || log.includes(token)).toBe(false)
    expect(log.includes(createHash('sha256').update(token).digest('hex'))).toBe(true)
  })
})

describe('a port in use', () => {
  it('is said plainly, and everything is given free again', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const start = async () => {
      const free = await TestHost.start()
      await free.host.stop()
      return free
    }
    const free = await start()
    await expect(runHost({ dataFolder: free.dataFolder, port })).rejects.toMatchObject({
      code: 'host.port_in_use',
      data: { port },
    })
    await new Promise((resolve) => other.close(resolve))
    const again = await runHost({ dataFolder: free.dataFolder, port })
    expect(again.port).toBe(port)
    await again.stop()
    await free.close()
  })
})

describe('a restart', () => {
  it('keeps sessions, and takes the door away while nobody is there', async () => {
    const first = await TestHost.start()
    const signedIn = await first.signIn()
    await first.host.stop()
    expect(existsSync(join(first.dataFolder, 'door.json'))).toBe(false)
    const second = await runHost({ dataFolder: first.dataFolder, port: 0 })
    const socket = new WebSocket(`ws://127.0.0.1:${second.port}/rpc`, {
      headers: { Cookie: signedIn, Origin: second.url },
    })
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    await second.stop()
    expect(await closed).toBe(1001)
    await first.close()
  })
})
