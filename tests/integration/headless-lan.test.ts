import { statSync } from 'node:fs'
import { request } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withMutant } from '../../main/core/mutants.ts'
import { runHost } from '../../main/headless/run.ts'
import { TestHost } from '../fixtures/headless.ts'
import { clerksPassword, cookieOf, NetworkHost, ownersPassword } from '../fixtures/network-host.ts'

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
    expect([desk.status, desk.body]).toEqual([200, '<!doctype html><title>desk</title>'])
    expect(String(desk.headers['content-security-policy'])).toContain(
      `connect-src 'self' wss://${test.authority}`,
    )
    expect(String(desk.headers['content-security-policy'])).toContain("form-action 'none'")
  })
})
