import { useMutation } from '@tanstack/react-query'
import { useShop } from '../../app/shop.ts'
import { client } from '../../rpc/client.ts'
import { uploadFile } from '../../rpc/upload.ts'
import { notifyFailure } from '../../ui/notify.ts'
import type { Draft } from './state.ts'
import { useInboxStore } from './store.ts'

/** Sends what stands in the composer, as a message or as a note. What was not sent stays there. */
export function useSending(conversationId: string) {
  const { slug: shop } = useShop()
  const setDraft = useInboxStore((store) => store.setDraft)
  return useMutation({
    networkMode: 'always',
    mutationFn: async (draft: Pick<Draft, 'kind' | 'file'> & { text: string }) => {
      const input = { shop, conversationId, text: draft.text }
      if (draft.kind === 'note') return client.conversations.note(input)
      if (draft.file === null) return client.conversations.send(input)
      const uploadId = await uploadFile(draft.file, new AbortController().signal)
      return client.conversations.send({ ...input, uploadId })
    },
    onSuccess: (_sent, { kind, text, file }) => {
      const now = useInboxStore.getState().drafts[conversationId]
      // What was typed meanwhile stays.
      if (kind === 'note') {
        if (now?.note.trim() === text) setDraft(conversationId, { note: '' })
        return
      }
      setDraft(conversationId, {
        ...(now?.message.trim() === text ? { message: '' } : {}),
        ...(now?.file === file ? { file: null } : {}),
      })
    },
    onError: (error) => notifyFailure(error),
  })
}
