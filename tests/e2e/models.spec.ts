import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FakeModelFiles } from '../fakes/model-files/server.ts'
import { writeLexicalEmbedder } from '../fixtures/gguf/lexical-embedder.ts'
import { writeScriptedModel } from '../fixtures/gguf/scripted-model.ts'
import { openPart, say } from './assistant.ts'
import { ask, expect, expectNoViolations, go, openDemo, signIn, startHost, test } from './fixtures.ts'

/** The one of the list whose size and hash the server is asked for. */
const listed =
  '/bartowski/granite-embedding-278m-multilingual-GGUF/resolve/main/granite-embedding-278m-multilingual-Q8_0.gguf'

test('a model for search is downloaded, held, gone on with and used', { tag: '@browser' }, async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'mostrador-e2e-'))
  const files = await FakeModelFiles.start()
  const model = join(folder, 'lexical.gguf')
  writeLexicalEmbedder(model, { words: ['pan', 'queso', 'miel', 'vino'], name: 'Lexical' })
  const content = readFileSync(model)
  files.put(listed, content)
  const half = Math.floor(content.length / 2)
  files.fault({ kind: 'stall', after: half })
  // What speaks for an NVIDIA card is its driver's library.
  writeFileSync(join(folder, 'libnvidia-ml.so.1'), '')
  const host = await startHost(join(folder, 'data'), 0, {
    MOSTRADOR_MODELS_ENDPOINT: files.endpoint,
    MOSTRADOR_CUDA_ENDPOINT: files.endpoint,
    LD_LIBRARY_PATH: folder,
  })
  try {
    await signIn(page, host, 'es')
    await openDemo(page, 'es')
    await openPart(page, 'es', 'models')
    await expectNoViolations(page, 'models')
    const cuda = page.getByRole('region', { name: 'Más rápido con tu tarjeta NVIDIA' })
    if (process.platform === 'linux' && process.arch === 'x64') {
      await cuda.getByRole('button', { name: 'Descargar CUDA' }).click()
      await expect(cuda.getByRole('alert').filter({ hasText: 'No se pudo descargar' })).toBeVisible()
      await expectNoViolations(page, 'a build that could not be fetched')
    }
    const row = page.locator('[data-model="granite-embedding-278m"]')
    await row.getByRole('button', { name: /^Descargar/ }).click()
    await expect(row.getByText('Descargando…')).toBeVisible()
    await row.getByRole('button', { name: /^Pausar/ }).click()
    await expect(row.getByText('En pausa')).toBeVisible()
    await expectNoViolations(page, 'a download that is held')
    await row.getByRole('button', { name: /^Seguir/ }).click()
    await row.getByRole('button', { name: /^Usar/ }).click()
    await expect(row.getByText('En uso')).toBeVisible()
    await expect(page.getByText(/^Se busca con/)).toBeVisible({ timeout: 30_000 })
    expect(files.requests.some((request) => request.range !== null)).toBe(true)
    await page.getByRole('button', { name: 'Volver a buscar sin modelo' }).click()
    await expect(page.getByText('Ahora se busca sin modelo.')).toBeVisible()
  } finally {
    await host.stop()
    await files.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a model file of one’s own is looked at, used and answers', async ({ page, host }) => {
  const folder = mkdtempSync(join(tmpdir(), 'mostrador-e2e-'))
  const file = join(folder, 'tendero.gguf')
  writeScriptedModel(file, {
    name: 'Tendero',
    replies: [{ on: null, say: 'Hola, ¿en qué puedo ayudarte?' }],
  })
  try {
    await signIn(page, host, 'es')
    await openDemo(page, 'es')
    await openPart(page, 'es', 'models')
    const path = page.getByRole('textbox', { name: 'Archivo GGUF' })
    await path.fill(join(folder, 'nada.gguf'))
    await path.press('Enter')
    await expect(path).toHaveAccessibleDescription(/No se encuentra el archivo/)
    await path.fill(file)
    await path.press('Enter')
    const own = page.getByRole('region', { name: 'Un modelo tuyo' })
    await expect(own.getByText('Para conversar')).toBeVisible()
    await expectNoViolations(page, 'a model of one’s own')
    await own.getByRole('button', { name: 'Usar para contestar' }).click()
    const now = page.getByRole('region', { name: say.es.now })
    await expect(now).toContainText(/tendero/i)
    await expect(page.getByText(say.es.answered)).toBeVisible({ timeout: 60_000 })
    await go(page, 'try')
    expect(await ask(page, 'es', 'hola')).toContain('¿en qué puedo ayudarte?')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
