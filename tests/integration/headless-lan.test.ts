import { once } from 'node:events'
import { statSync } from 'node:fs'
import { request } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { withMutant } from '../../main/core/mutants.ts'
import { runHost } from '../../main/headless/run.ts'
import { TestHost } from '../fixtures/headless.ts'
import { clerksPassword, cookieOf, NetworkHost, ownersPassword } from '../fixtures/network-host.ts'

// A host is started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let test: NetworkHost
let cookie: string
beforeAll(async () => {
  test = await NetworkHost.start()
  cookie = await test.signIn()
})
afterAll(() => test.close())

const own = () => ({ Origin: test.origin, Cookie: cookie })
const page = { Accept: 'text/html,*/*;q=0.8' }

describe('signing in over the network', () => {
  it('leads whoever is nobody yet to a form that works without a script', async () => {
    const led = await test.ask('/media/x?a=1', { headers: page })
    expect([led.status, led.headers.location]).toEqual([303, '/sign-in?next=%2Fmedia%2Fx%3Fa%3D1'])
    expect((await test.ask('/', { headers: page })).headers.location).toBe('/sign-in')
    expect((await test.ask('/assets/a.js')).status).toBe(401)
    const form = await test.ask('/sign-in', { headers: { 'Accept-Language': 'es-AR,en;q=0.8' } })
    expect(form.status).toBe(200)
    expect(form.body).toContain('<form method="post">')
    expect(form.body).toContain('lang="es"')
    expect(form.body).toContain('Contraseña')
    expect(form.body).not.toContain('<script')
    const policy = String(form.headers['content-security-policy'])
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    )
    expect(form.headers['referrer-policy']).toBe('same-origin')
    expect(form.headers['cache-control']).toBe('no-store')
    expect(form.headers['strict-transport-security']).toBeUndefined()
  })

  it('gives a session that is kept from scripts, other sites and plain HTTP', async () => {
    const answer = await test.postSignIn({ name: '', password: ownersPassword })
    expect([answer.status, answer.headers.location]).toEqual([303, '/'])
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^__Host-mostrador_[0-9a-f]{16}=[\w-]{43}; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=Strict$/,
    )
    const desk = await test.ask('/', { headers: { Cookie: cookieOf(answer) } })
    expect([desk.status, desk.body]).toEqual([200, expect.stringContaining('<title>desk</title>')])
    expect(String(desk.headers['content-security-policy'])).toContain(
      `connect-src 'self' wss://${test.authority}`,
    )
    expect(String(desk.headers['content-security-policy'])).toContain("form-action 'none'")
  })

  it('leads back to where one wanted to go, and nowhere else', async () => {
    const to = async (next: string) => {
      const asked = `/sign-in?next=${encodeURIComponent(next)}`
      return (await test.ask(asked, { headers: { Cookie: cookie } })).headers.location
    }
    expect(await to('/media/x?a=1')).toBe('/media/x?a=1')
    const answer = await test.postSignIn(
      { name: '', password: ownersPassword },
      { path: '/sign-in?next=%2Fmedia%2Fx' },
    )
    expect([answer.status, answer.headers.location]).toEqual([303, '/media/x'])
    for (const next of [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example/',
      '/%2f/evil.example'.replace('%2f', '/'),
      'javascript:alert(1)',
      '/a\r\nSet-Cookie: x=1',
      '/..//evil.example',
      '/sign-in?next=/',
      '',
    ])
      expect(await to(next)).toBe('/')
  })

  it('knows who signed in, and a clerk is no owner', async () => {
    const evas = await test.signIn('Eva', clerksPassword)
    const { client, socket } = await test.desk(evas)
    expect(await client.session.me()).toMatchObject({ via: 'desk', person: { name: 'Eva', role: 'staff' } })
    await expect(
      client.shops.create({ name: 'Otra', currency: 'EUR', locale: 'es-ES' }),
    ).rejects.toMatchObject({ data: { code: 'session.forbidden' } })
    const state = await client.access.state()
    expect(state.sessions).toMatchObject([{ browser: 'Firefox · Android', own: true }])
    expect(state.lan).toMatchObject({ on: true, addresses: ['https://desk.example', test.origin] })
    socket.close()
  })

  it('is over when one signs out, for the cookie and for what hangs on it', async () => {
    const stolen = await test.signIn('Eva', clerksPassword)
    const { socket } = await test.desk(stolen)
    const closed = once(socket, 'close')
    const out = await test.ask('/sign-out', { method: 'POST', headers: { ...own(), Cookie: stolen } })
    expect([out.status, out.headers.location]).toEqual([303, '/sign-in'])
    expect(out.headers['set-cookie']?.[0]).toMatch(/=; Path=\/; Max-Age=0; Secure/)
    expect((await closed)[0]).toBe(4401)
    expect((await test.ask('/', { headers: { Cookie: stolen } })).status).toBe(401)
    expect(await test.knock('/rpc', { Origin: test.origin, Cookie: stolen })).toBe(401)
  })

  it('ends the other sessions of who changes the password, with their connections', async () => {
    const [here, there] = [await test.signIn('Eva', clerksPassword), await test.signIn('Eva', clerksPassword)]
    const [one, other] = [await test.desk(here), await test.desk(there)]
    const closed = once(other.socket, 'close')
    const me = await one.client.session.me()
    await one.client.access.setPassword({
      personId: me.person?.id ?? '',
      password: `${clerksPassword} y azules`,
      current: clerksPassword,
    })
    expect((await closed)[0]).toBe(4401)
    await one.client.access.setPassword({
      personId: me.person?.id ?? '',
      password: clerksPassword,
      current: `${clerksPassword} y azules`,
    })
    one.socket.close()
  })
})

describe('a stranger on the network', () => {
  it('is told the same of nobody and of a wrong password', async () => {
    const tell = async (name: string) => {
      const { status, body, headers } = await test.postSignIn({ name, password: 'not this one' })
      return { status, body: body.replace(`value="${name}"`, ''), cookie: headers['set-cookie'] }
    }
    const unknown = await tell('Nobody')
    expect(unknown.status).toBe(403)
    expect(unknown.cookie).toBeUndefined()
    expect(await tell('Eva')).toEqual(unknown)
    const bad = await test.postSignIn({ name: '"><script>alert(1)</script>', password: 'x' })
    expect(bad.body).not.toContain('<script')
  })

  it('gets no session from a form of another site', async () => {
    const fields = { name: '', password: ownersPassword }
    for (const Origin of [
      'https://evil.example',
      'null',
      `http://${test.authority}`,
      'https://desk.example',
    ]) {
      const answer = await test.postSignIn(fields, { headers: { Origin } })
      expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined])
    }
    const without = await test.ask('/sign-in', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
    expect([without.status, without.headers['set-cookie']]).toEqual([403, undefined])
    expect(await test.knock('/rpc', { Cookie: cookie, Origin: 'https://evil.example' })).toBe(403)
    expect(await test.knock('/rpc', { Cookie: cookie })).toBe(403)
    const out = await test.ask('/sign-out', { method: 'POST', headers: { ...own(), Origin: 'null' } })
    expect(out.status).toBe(403)
    expect((await test.ask('/', { headers: { Cookie: cookie } })).status).toBe(200)
  })

  it('gets nothing under a name that is not this computer’s', async () => {
    const at = (Host: string) => test.ask('/sign-in', { headers: { Host } })
    const port = test.port
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `8.8.8.8:${port}`,
      `[::ffff:8.8.8.8]:${port}`,
      `desk.example:${port}`,
      `desk.example.evil.example:443`,
    ])
      expect([host, (await at(host)).status]).toEqual([host, 421])
    const [short = ''] = hostname().toLowerCase().split('.')
    for (const host of [
      `localhost:${port}`,
      `${short}.local:${port}`,
      `${short}:${port}`,
      'desk.example',
      'DESK.example:443',
    ])
      expect([host, (await at(host)).status]).toEqual([host, 200])
    const headers = { ...own(), Host: `evil.example:${port}`, Origin: `https://evil.example:${port}` }
    expect(await test.knock('/rpc', headers)).toBe(421)
    await withMutant('access.host_name', async () => {
      expect((await at(`evil.example:${port}`)).status).toBe(200)
    })
  })

  it('cannot plant a session', async () => {
    const before = await test.signIn('Eva', clerksPassword)
    const answer = await test.postSignIn(
      { name: '', password: ownersPassword },
      { headers: { Cookie: before } },
    )
    expect(cookieOf(answer)).not.toBe(before)
    expect((await test.ask('/', { headers: { Cookie: before } })).status).toBe(401)
    const [name = ''] = before.split('=')
    const made = await test.postSignIn(
      { name: '', password: ownersPassword },
      { headers: { Cookie: `${name}=chosen-by-somebody-else` } },
    )
    expect(cookieOf(made)).not.toContain('chosen')
    expect((await test.ask('/', { headers: { Cookie: `${name}=chosen-by-somebody-else` } })).status).toBe(401)
    // Loopback's cookie is another one: neither opens the other way in.
    const loopback = cookie.replace('__Host-', '')
    expect((await test.ask('/', { headers: { Cookie: loopback } })).status).toBe(401)
  })

  it('finds no door, no link and no health there', async () => {
    expect(await test.knock('/door', { Authorization: 'Bearer x' })).toBe(404)
    expect((await test.ask('/health')).status).toBe(401)
    const link = new URL(test.host.launchUrl().launchUrl)
    expect((await test.ask(`${link.pathname}${link.search}`)).status).toBe(401)
    const there = await fetch(link, { redirect: 'manual' })
    expect(there.status).toBe(303)
  })

  it('may send no large form, nor another kind of one', async () => {
    const large = await test.postSignIn({ name: 'x'.repeat(10_000), password: 'x' })
    expect([large.status, large.headers.connection]).toEqual([413, 'close'])
    const chunked = await test.postSignIn(
      { name: 'x'.repeat(100_000), password: 'x' },
      { headers: { 'Transfer-Encoding': 'chunked' } },
    )
    expect(chunked.status).toBe(413)
    const json = await test.postSignIn({ name: '' }, { headers: { 'Content-Type': 'application/json' } })
    expect(json.status).toBe(413)
    const upload = await test.ask('/upload', { method: 'POST', headers: { Origin: test.origin }, body: 'x' })
    expect(upload.status).toBe(401)
  })

  it('who speaks plain HTTP to it is not answered', async () => {
    const outgoing = request({ host: '127.0.0.1', port: test.port, path: '/sign-in', agent: false })
    outgoing.end()
    const [error] = await once(outgoing, 'error')
    expect(String(error)).toMatch(/socket hang up|ECONNRESET|Parse Error/)
  })

  it('who says nothing, or dribbles, is cut off', async () => {
    const silent = connectTcp(test.port, '127.0.0.1')
    const slow = connectTls({ port: test.port, host: '127.0.0.1', ca: test.ca })
    silent.on('error', () => undefined)
    slow.on('error', () => undefined)
    slow.resume()
    await once(slow, 'secureConnect')
    slow.write(`GET /sign-in HTTP/1.1\r\nHost: ${test.authority}\r\nX: `)
    await Promise.all([once(silent, 'close'), once(slow, 'close')])
  }, 60_000)

  it('who guesses has to wait, the right password included, but not a browser that is known', async () => {
    const evas = { name: 'Eva', password: clerksPassword }
    const before = await test.postSignIn(evas)
    for (let time = 0; time < 5; time++) {
      expect((await test.postSignIn({ name: 'Eva', password: `guess ${time}` })).status).toBe(403)
    }
    const answer = await test.postSignIn(evas, { headers: { 'Accept-Language': 'es' } })
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '60'])
    expect(answer.body).toContain('Espera un minuto')
    // Her own browser is known by a cookie that outlives the session, and waits for nobody else's guesses.
    const device = before.headers['set-cookie']?.[1] ?? ''
    expect(device).toMatch(
      /^__Host-mostrador_[0-9a-f]{16}_device=[\w.-]+; Path=\/; Max-Age=34560000; Secure; HttpOnly; SameSite=Strict$/,
    )
    const there = await test.postSignIn(evas, { headers: { Cookie: device.split(';')[0] ?? '' } })
    expect(there.status).toBe(303)
  })
})

describe('the certificate', () => {
  it('stands for this computer’s names, is shown by its fingerprint, and its key is the owner’s alone', async () => {
    const socket = connectTls({ port: test.port, host: '127.0.0.1', ca: test.ca })
    await once(socket, 'secureConnect')
    expect(socket.authorized).toBe(true)
    expect(socket.getPeerCertificate().fingerprint256).toBe(test.host.network?.fingerprint)
    const names = socket.getPeerCertificate().subjectaltname
    for (const name of ['DNS:desk.example', 'DNS:localhost', 'IP Address:127.0.0.1'])
      expect(names).toContain(name)
    expect(socket.getProtocol()).toMatch(/^TLSv1\.[23]$/)
    socket.destroy()
    expect(statSync(join(test.dataFolder, 'tls', 'key.pem')).mode & 0o777).toBe(0o600)
    expect(statSync(join(test.dataFolder, 'tls')).mode & 0o777).toBe(0o700)
  })
})

describe('opening to the network', () => {
  it('is refused while nobody has a password', async () => {
    const closed = await TestHost.start()
    await closed.host.stop()
    const network = { host: '127.0.0.1', port: 0, names: [] }
    await expect(runHost({ dataFolder: closed.dataFolder, port: 0, network })).rejects.toMatchObject({
      code: 'access.no_password',
    })
    await closed.close()
  })

  it('says plainly that an address or a port cannot be had', async () => {
    await expect(NetworkHost.start({ host: '203.0.113.7' })).rejects.toMatchObject({
      code: 'host.address_unknown',
      data: { address: '203.0.113.7' },
    })
    await expect(NetworkHost.start({ port: test.port })).rejects.toMatchObject({ code: 'host.port_in_use' })
  })

  it('leaves loopback as it is', async () => {
    const health = await fetch(`${test.host.url}/health`)
    expect([health.status, await health.json()]).toEqual([200, { ok: true }])
    expect((await fetch(`${test.host.url}/`, { headers: page })).status).toBe(401)
    expect((await fetch(`${test.host.url}/sign-in`, { headers: page })).status).toBe(401)
    const post = await fetch(`${test.host.url}/sign-in`, {
      method: 'POST',
      headers: { Origin: test.host.url },
    })
    expect(post.status).toBe(404)
  })
})
