import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CudaStatus } from '../../preload/contract/index.ts'
import { FakeModelFiles } from '../../tests/fakes/model-files/server.ts'
import { publish } from '../../tests/fixtures/cuda-builds.ts'
import { createTestHost, testLog } from '../../tests/fixtures/host.ts'
import { quietModelHost } from '../../tests/fixtures/quiet-model-host.ts'
import { type App, createApp } from '../core/app.ts'
import type { ApiContext, Caller } from './context.ts'
import { router } from './router.ts'
import type { ServingHost } from './serving.ts'

let registry: FakeModelFiles
let data: string
let app: App

beforeEach(async () => {
  registry = await FakeModelFiles.start()
  data = mkdtempSync(join(tmpdir(), 'api-cuda-'))
  const cuda = {
    target: 'linux-x64',
    evidence: () => ({ card: true, runtime: true }),
    builds: publish(registry, '1.0.0'),
  }
  const modelHost = quietModelHost({ state: 'idle', gpu: 'cuda' })
  app = await createApp(
    { closed: true, modelHost, cuda, cudaEndpoint: registry.endpoint },
    createTestHost(data),
  )
})
afterEach(async () => {
  await app.stop()
  await registry.stop()
  rmSync(data, { recursive: true, force: true })
})

function client() {
  const person = { id: 'p', name: '', role: 'owner', language: null } as const
  const caller: Caller = { via: 'desk', sessionId: 's', person }
  // No call of this feature asks its host for anything.
  const serving = {} as ServingHost
  const context: ApiContext = { app, serving, log: testLog(), caller: () => caller }
  return createRouterClient(router, { context }).cuda
}

test('an installation is followed to its end, also by who watches, and is in use and removed', async () => {
  const stop = new AbortController()
  const watched: CudaStatus[] = []
  const watching = (async () => {
    for await (const status of await client().watch({}, { signal: stop.signal })) watched.push(status)
  })().catch(() => undefined)
  const seen: CudaStatus[] = []
  for await (const status of await client().install({})) seen.push(status)
  expect(seen.at(-1)).toMatchObject({ installed: true, inUse: true, progress: { step: 'none' } })
  expect(seen.filter(({ installed }) => installed)).toHaveLength(1)
  expect(await client().status({})).toMatchObject({ installed: true })
  await client().remove({})
  expect(await client().status({})).toMatchObject({ installed: false, inUse: false })
  stop.abort()
  await watching
  expect(watched[0]).toMatchObject({ installed: false })
})

test('who leaves does not stop it; it is paused and cancelled', async () => {
  registry.fault({ kind: 'stall', after: 100_000 })
  const begun = Promise.withResolvers<void>()
  app.cuda.onChange(({ progress }) => progress.bytes > 0 && begun.resolve())
  const leaving = await client().install({})
  await leaving.next()
  await leaving.return(undefined)
  await begun.promise
  expect((await client().status({})).progress.step).toBe('running')
  await client().pause({})
  expect((await client().status({})).progress).toMatchObject({ step: 'paused' })
  await client().cancel({})
  expect((await client().status({})).progress).toMatchObject({ step: 'none', bytes: 0 })
})
