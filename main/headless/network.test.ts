import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ManualClock } from '../../tests/fixtures/clock.ts'
import type { ServingHost } from '../api/serving.ts'
import { type App, createApp } from '../core/app.ts'
import type { Host, Log } from '../core/host.ts'
import { openPeople, type PeopleService } from '../core/people/service.ts'
import { Uploads } from '../hosting/uploads.ts'
import { makeCertificate } from './certificate.ts'
import { LaunchTokens } from './launch-tokens.ts'
import { Network } from './network.ts'
import { HttpHost } from './server.ts'

const hour = 60 * 60_000
let folder: string
let clock: ManualClock
let people: PeopleService
let app: App
let http: HttpHost
let network: Network | null
/** What the log is told next. */
let told = Promise.withResolvers<string>()
const tell = (event: string) => {
  if (event.startsWith('network.certificate')) told.resolve(event)
}
const log: Log = { debug() {}, info: tell, warn() {}, error: tell, child: () => log }

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'network-'))
  clock = new ManualClock(Date.now())
  people = openPeople(folder, { clock, log, passwordCostLog2: 4 })
  const owner = people.owner()
  await people.access.setPassword(`person:${owner.id}`, {
    personId: owner.id,
    password: 'gato verde tranvía',
    shopNames: [],
    needsCurrent: false,
  })
  const host: Host = {
    kind: 'test',
    paths: { data: folder, resources: folder },
    clock,
    log,
    secrets: { method: 'none', wrap: async (key) => key, unwrap: async (key) => key },
    notifier: { notify() {} },
    processes: {
      fork() {
        throw new Error('no processes here')
      },
    },
  }
  app = await createApp({ closed: true }, host)
  const serving: ServingHost = {
    version: '0',
    startedAt: '2026-01-01T00:00:00.000Z',
    instanceId: 'i',
    people,
    launchUrl: () => ({ url: '', launchUrl: '' }),
    endSession() {},
    upload: () => null,
    shopCreated() {},
    diagnostics: async () => '',
    checks: async () => [],
  }
  const uploads = new Uploads(folder, clock)
  const launchTokens = new LaunchTokens(clock)
  const deskFolder = join(folder, 'desk')
  http = new HttpHost({
    app,
    people,
    serving,
    launchTokens,
    uploads,
    doorToken: 'door',
    deskFolder,
    clock,
    log,
  })
  network = null
})
afterEach(async () => {
  network?.close()
  await http.stop()
  await app.stop()
  people.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(certificate?: { certFile: string; keyFile: string }): Promise<void> {
  const options = { host: '127.0.0.1', port: 0, names: [], ...(certificate ? { certificate } : {}) }
  network = new Network(options, { dataFolder: folder, people, instanceId: 'i', clock, log })
  await network.open(http)
}

/** The fingerprint that a browser sees now. */
async function shown(): Promise<string> {
  const port = Number(new URL(network?.door.addresses[0] ?? '').port)
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return fingerprint256
}

async function anHourLater(ms = hour): Promise<string> {
  told = Promise.withResolvers()
  clock.advance(ms)
  return await told.promise
}

it('shows a certificate of the owner’s that was renewed on disk, and goes on with the old one while that is half done', async () => {
  const files = { certFile: join(folder, 'own.pem'), keyFile: join(folder, 'own.key') }
  const write = ({ cert, key }: { cert: string; key: string }) => {
    writeFileSync(files.certFile, cert)
    writeFileSync(files.keyFile, key)
  }
  const first = await makeCertificate(['desk.example'], clock.now())
  const second = await makeCertificate(['desk.example'], clock.now())
  write(first)
  await open(files)
  expect(await shown()).toBe(first.fingerprint)
  writeFileSync(files.certFile, second.cert)
  expect(await anHourLater()).toBe('network.certificate_not_renewed')
  expect([await shown(), network?.door.fingerprint]).toEqual([first.fingerprint, first.fingerprint])
  write(second)
  expect(await anHourLater()).toBe('network.certificate_renewed')
  expect([await shown(), network?.door.fingerprint]).toEqual([second.fingerprint, second.fingerprint])
})

it('renews its own before it ends, also after the clock was wrong when it was made', async () => {
  mkdirSync(join(folder, 'desk'))
  await open()
  const first = await shown()
  clock.jump(340 * 24 * hour)
  expect(await anHourLater()).toBe('network.certificate_renewed')
  expect(await shown()).not.toBe(first)
  const second = await shown()
  // As on a small computer without a clock of its own, that is told the time after the start.
  clock.jump(3 * 365 * 24 * hour)
  expect(await anHourLater()).toBe('network.certificate_renewed')
  expect([await shown()]).not.toEqual([second])
})
