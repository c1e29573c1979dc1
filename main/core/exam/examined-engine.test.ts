import { expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { ModelEngine, writes } from '../../../tests/fixtures/prompted-shop.ts'
import { engineRequest } from '../../../tests/fixtures/remote-engine.ts'
import { ExaminedEngine } from './examined-engine.ts'

it.each([
  ['turn', 'exam'],
  ['summary', 'summary'],
] as const)('what is asked for a %s is asked as %s', async (purpose, asked) => {
  const model = new ModelEngine()
  model.script = () => writes('Busca un regalo.')
  const request = engineRequest('hola')
  if (request.prompt === null) throw new Error('a model is asked with a prompt')
  const engine = new ExaminedEngine(model, new ManualClock())
  for await (const _ of engine.step({ ...request, prompt: { ...request.prompt, purpose } }));
  expect(model.asked.map((one) => one.request.prompt?.purpose)).toEqual([asked])
})
