import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakeModelFiles } from '../../tests/fakes/model-files/server.ts'
import { createTestHost, testLog } from '../../tests/fixtures/host.ts'
import { quietModelHost } from '../../tests/fixtures/quiet-model-host.ts'
import { type App, createApp } from '../core/app.ts'
import type { ApiContext, Caller } from './context.ts'
import { router } from './router.ts'
import type { ServingHost } from './serving.ts'

const modelId = 'granite-embedding-278m'
const fileName = 'granite-embedding-278m-multilingual-Q8_0.gguf'
const path = `/bartowski/granite-embedding-278m-multilingual-GGUF/resolve/main/${fileName}`
const content = Buffer.concat([Buffer.from('GGUF'), randomBytes(900_000)])

let files: FakeModelFiles
let data: string
let app: App

beforeEach(async () => {
  files = await FakeModelFiles.start()
  files.put(path, content)
  data = mkdtempSync(join(tmpdir(), 'api-models-'))
  const modelHost = quietModelHost({ state: 'idle', gpu: 'vulkan' })
  app = await createApp({ closed: true, modelHost, modelsEndpoint: files.endpoint }, createTestHost(data))
})

afterEach(async () => {
  await app.stop()
  await files.stop()
  rmSync(data, { recursive: true, force: true })
})

function clients(role: 'owner' | 'staff' = 'owner') {
  const caller: Caller = { via: 'desk', sessionId: 's', person: { id: 'p', name: '', role, language: null } }
  // No call of this feature asks its host for anything.
  const serving = {} as ServingHost
  const context: ApiContext = { app, serving, log: testLog(), caller: () => caller }
  return createRouterClient(router, { context })
}

const client = (role: 'owner' | 'staff' = 'owner') => clients(role).models

async function refusal(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => null,
    (failure: unknown) => failure,
  )
  return Reflect.get(Object(Reflect.get(Object(error), 'data')), 'code')
}

test('the catalog is that of the list, judged for this computer', async () => {
  const { computer, folder, models } = await client().catalog({})
  expect(folder).toBe(join(data, 'models'))
  expect(computer.gpu).toBe('vulkan')
  expect(models.find(({ id }) => id === modelId)).toMatchObject({ fileName, verified: false, size: null })
  expect(await client().host({})).toMatchObject({ state: 'idle' })
})

test('a download is followed to its end, and by who watches', async () => {
  const stop = new AbortController()
  const watched: string[] = []
  const watching = (async () => {
    for await (const change of await client().watch({}, { signal: stop.signal }))
      if (change.kind === 'download') watched.push(change.download.state)
  })().catch(() => undefined)
  const states: string[] = []
  for await (const { state } of await client().download({ modelId })) states.push(state)
  expect(states.at(-1)).toBe('done')
  expect(states.filter((state) => state === 'done')).toHaveLength(1)
  expect(watched.at(-1)).toBe('done')
  stop.abort()
  await watching
  expect((await client().files({})).map((file) => file.modelId)).toEqual([modelId])
  await client().remove({ file: join(data, 'models', fileName) })
  expect(existsSync(join(data, 'models', fileName))).toBe(false)
})

test('who leaves does not stop it; a second one is refused', async () => {
  files.fault({ kind: 'stall', after: 100_000 })
  const begun = Promise.withResolvers<void>()
  app.models.onChange((change) => {
    if (change.kind === 'download' && change.download.bytes > 0) begun.resolve()
  })
  const leaving = await client().download({ modelId })
  await leaving.next()
  await leaving.return(undefined)
  await begun.promise
  expect(await refusal((await client().download({ modelId })).next())).toBe('model.download_running')
  const paused = Promise.withResolvers<void>()
  app.models.onChange((change) => {
    if (change.kind === 'download' && change.download.state === 'paused') paused.resolve()
  })
  await client().pause({ modelId })
  await paused.promise
  const states: string[] = []
  for await (const { state } of await client().download({ modelId })) states.push(state)
  expect(states.at(-1)).toBe('done')
  expect(files.requests.at(-1)?.range).toMatch(/^bytes=\d+-$/)
})

test('a failure is said as it is', async () => {
  files.fault({ kind: 'status', status: 404 })
  const iterator = await client().download({ modelId })
  const read = async () => {
    for await (const _ of iterator);
  }
  expect(await refusal(read())).toBe('model.unreachable')
  expect(await refusal((await client().download({ modelId: 'none' })).next())).toBe('not_found')
})

test('paths of this computer are named by its owner alone', async () => {
  const staff = client('staff')
  expect(await refusal(staff.inspect({ file: '/x.gguf' }))).toBe('session.forbidden')
  expect(await refusal(staff.setFolder({ folder: data }))).toBe('session.forbidden')
  expect(await refusal(staff.remove({ file: join(data, 'x.gguf') }))).toBe('session.forbidden')
  const { engines, search } = clients('staff')
  const named = { shop: 'tienda', file: '/x.gguf' }
  expect(await refusal(engines.addLocal(named))).toBe('session.forbidden')
  expect(await refusal(search.useEmbedding(named))).toBe('session.forbidden')
  expect(await refusal(client().inspect({ file: '/etc/passwd' }))).toBe('model.not_gguf')
  expect(await refusal(client().inspect({ file: join(data, 'none.gguf') }))).toBe('model.not_found')
})
