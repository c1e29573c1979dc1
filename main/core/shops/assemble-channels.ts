import { join } from 'node:path'
import { ChannelService, type ChannelServiceDeps } from '../channels/service.ts'
import { createTelegramAdapter } from '../channels/telegram/adapter.ts'
import type { TestChatAdapter } from '../channels/testchat/adapter.ts'
import { createWhatsAppAdapter } from '../channels/whatsapp/adapter.ts'
import { DomainError } from '../errors.ts'
import type { Notifier } from '../host.ts'

type Given = Omit<ChannelServiceDeps, 'folder' | 'browser' | 'adapters' | 'notify'> & {
  slug: string
  /** The shop's folder. */
  dir: string
  notifier: Notifier
  testChat: TestChatAdapter
  browser: ChannelServiceDeps['browser'] | undefined
}

/** The shop's connections with all that there are adapters for. */
export function assembleChannels({ slug, dir, notifier, testChat, browser, ...deps }: Given): ChannelService {
  return new ChannelService({
    ...deps,
    folder: join(dir, 'whatsapp'),
    browser: browser ?? noBrowser,
    notify: (notice) => notifier.notify({ ...notice, shop: slug }),
    adapters: {
      telegram: createTelegramAdapter,
      whatsapp: createWhatsAppAdapter,
      testchat: () => testChat,
    },
  })
}

async function noBrowser(): Promise<never> {
  throw new DomainError('browser.not_found')
}
