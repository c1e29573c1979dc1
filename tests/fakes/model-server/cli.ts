import { parseArgs } from 'node:util'
import { says } from './script.ts'
import { FakeModelServer } from './server.ts'
import type { Flavour } from './wire.ts'

/**
 * Starts the server by hand:
 * `node tests/fakes/model-server/cli.ts --flavour deepseek --port 8123 --key sk-test --says "Hola"`
 */
const { values } = parseArgs({
  options: {
    flavour: { type: 'string', default: 'custom' },
    port: { type: 'string', default: '0' },
    key: { type: 'string', default: 'sk-test' },
    says: { type: 'string', default: '¿En qué puedo ayudarte?' },
    credit: { type: 'string', default: '10' },
  },
})
const flavours: readonly string[] = ['deepseek', 'openrouter', 'custom']
if (!flavours.includes(values.flavour)) {
  console.error(`--flavour is one of ${flavours.join(', ')}`)
  process.exit(2)
}
const server = await FakeModelServer.start({
  // Checked above.
  flavour: values.flavour as Flavour,
  port: Number(values.port),
  key: values.key,
  credit: Number(values.credit),
  script: () => says(values.says),
})
console.log(
  `${server.flavour} at ${server.baseUrl}, key ${values.key}, models ${server.models.map((model) => model.id).join(', ')}`,
)
process.on('SIGINT', () => {
  for (const request of server.requests)
    console.log(request.method, request.path, request.status, request.outcome)
  void server.close().then(() => process.exit(0))
})
