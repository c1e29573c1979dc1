import { expect, it } from 'vitest'
import { bodyOf } from './request-body.ts'

it('breaks without ending the app when nobody reads it', async () => {
  const broken = Promise.withResolvers<never>()
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      controller.enqueue(new Uint8Array(10))
      broken.promise.catch((error: unknown) => controller.error(error))
    },
  })
  const stream = bodyOf({ body })
  // An error of a stream that nobody hears is nobody's to catch: the test would end with it.
  const closed = new Promise<void>((resolve) => stream.once('close', resolve))
  broken.reject(new Error('the page has gone'))
  await closed
  expect(stream.errored).toMatchObject({ message: 'the page has gone' })
})
