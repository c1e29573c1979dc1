import { create } from 'zustand'
import type { EngineTest } from '../../../../preload/contract/index.ts'
import { client } from '../../rpc/client.ts'

/** A test of an engine: running, ended with an answer, or not even begun. */
export type TestState =
  | { phase: 'running' }
  | { phase: 'done'; result: EngineTest }
  | { phase: 'failed'; failure: unknown }

interface TestStore {
  /** By id of the engine; kept while the window is open. */
  tests: Readonly<Record<string, TestState>>
  run(shop: string, engineId: string): Promise<void>
  forget(engineId: string): void
}

export const useTestStore = create<TestStore>((set, get) => {
  const put = (engineId: string, state: TestState) =>
    set((store) => ({ tests: { ...store.tests, [engineId]: state } }))
  return {
    tests: {},
    run: async (shop, engineId) => {
      if (get().tests[engineId]?.phase === 'running') return
      put(engineId, { phase: 'running' })
      try {
        put(engineId, { phase: 'done', result: await client.engines.test({ shop, engineId }) })
      } catch (failure) {
        put(engineId, { phase: 'failed', failure })
      }
    },
    forget: (engineId) =>
      set((store) => {
        const { [engineId]: _, ...tests } = store.tests
        return { tests }
      }),
  }
})
