import type { Check } from '../../preload/contract/index.ts'
import type { ApiContext } from './context.ts'
import { implementer } from './procedure.ts'

const os = implementer.system

export const system = {
  info: os.info.handler(({ context }) => ({
    version: context.serving.version,
    host: context.app.host.kind,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    dataFolder: context.app.host.paths.data,
    startedAt: context.serving.startedAt,
    memory: process.memoryUsage.rss(),
  })),
  doctor: os.doctor.handler(async ({ context }) => {
    const checks = [...(await context.serving.checks()), ...shopChecks(context)]
    return { ok: checks.every((check) => check.state !== 'failed'), checks }
  }),
}

function shopChecks(context: ApiContext): Check[] {
  return context.app.shops.list().flatMap(({ slug, error }): Check[] => {
    if (error !== null) return [{ id: 'shop', shop: slug, state: 'failed', code: error, data: {} }]
    const shop = context.app.shops.open(slug)
    const { state, pending } = shop.search.state()
    const search: Check =
      state === 'ready'
        ? { id: 'search', shop: slug, state: 'ok', code: null, data: { pending } }
        : { id: 'search', shop: slug, state: 'warning', code: `search.${state}`, data: { pending } }
    const channels = shop.channels.list().map(({ name, enabled, state: channel }): Check => {
      const code = channel.state === 'refused' || channel.state === 'waiting' ? channel.reason : null
      const bad = enabled && code !== null
      return {
        id: 'channel',
        shop: slug,
        state: bad ? (channel.state === 'refused' ? 'failed' : 'warning') : 'ok',
        code: bad ? `channel.${code}` : null,
        data: { name, state: channel.state },
      }
    })
    const products = shop.catalog.count()
    return [{ id: 'shop', shop: slug, state: 'ok', code: null, data: { products } }, search, ...channels]
  })
}
