import { createReadStream } from 'node:fs'
import { DomainError } from '../core/errors.ts'
import { type ApiContext, actorOf, signedIn } from './context.ts'
import { implementer, shopOf } from './procedure.ts'

const os = implementer.documents

export const documents = {
  template: os.template.handler(({ context, input }) => shopOf(context, input).documents.template()),
  setTemplate: os.setTemplate.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    return shop.storage.write(actorOf(context), (tx) => shop.documents.setTemplate(tx, input.changes))
  }),
  setLogo: os.setLogo.handler(async ({ context, input }) => {
    const shop = shopOf(context, input)
    if (input.uploadId === null) return await shop.documents.setLogo(actorOf(context), null)
    const upload = uploadOf(context, input.uploadId)
    try {
      return await shop.documents.setLogo(actorOf(context), createReadStream(upload.path))
    } finally {
      upload.release()
    }
  }),
  make: os.make.handler(async ({ context, input, signal }) => {
    const { shop: _, ...wanted } = input
    return await shopOf(context, input).documents.make(actorOf(context), wanted, signal)
  }),
  send: os.send.handler(({ context, input }) => {
    const shop = shopOf(context, input)
    return {
      messageId: shop.storage.write(actorOf(context), (tx) => shop.documents.send(tx, input.documentId)),
    }
  }),
  sample: os.sample.handler(
    async ({ context, input, signal }) =>
      await shopOf(context, input).documents.sample(input.kind, input.language, signal),
  ),
}

function uploadOf(context: ApiContext, uploadId: string) {
  const caller = signedIn(context)
  const upload = context.serving.upload(uploadId, caller.via === 'desk' ? caller.sessionId : 'door')
  if (upload === null) throw new DomainError('upload.not_found')
  return upload
}
