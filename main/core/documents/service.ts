import type { Actor } from '../actor.ts'
import type { CatalogService } from '../catalog/service.ts'
import type { OutboundPayload } from '../channels/channel.ts'
import type { ConversationService } from '../conversations/service.ts'
import type { CustomerService } from '../customers/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import { DomainError, isDomainError } from '../errors.ts'
import type { KnowledgeService } from '../knowledge/service.ts'
import { documentTexts } from '../language/paper-texts.ts'
import type { MediaStore } from '../media/service.ts'
import type { OrderService } from '../orders/service.ts'
import { priceOrder } from '../selling/pricing.ts'
import type { SellingSettingsStore } from '../selling/settings-service.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { TariffService } from '../tariffs/service.ts'
import type { Quote } from '../tariffs/tariff.ts'
import type { ShopDocument } from './document.ts'
import { orderPaper, type PaperCustomer, type PaperShop } from './order-paper.ts'
import type { Paper } from './paper.ts'
import { paperFormat } from './paper-format.ts'
import { renderPdf } from './pdf.ts'
import { quotePaper } from './quote-paper.ts'
import { DocumentRepository } from './repository.ts'
import { sampleOrder, sampleQuote } from './sample.ts'
import type { DocumentKind, DocumentTemplate } from './template.ts'
import { TemplateStore } from './template-store.ts'

type Language = 'es' | 'en'

export interface DocumentDependencies {
  storage: Storage
  media: MediaStore
  orders: OrderService
  catalog: CatalogService
  tariffs: TariffService
  customers: CustomerService
  conversations: ConversationService
  knowledge: KnowledgeService
  settings: SellingSettingsStore
  shop: () => ShopBrief
}

/** What a paper is made of, before anything is laid out. */
interface Subject {
  paper: Paper
  orderId: string | null
  quoteId: string | null
  customerId: string | null
  revision: number
}

const logoTypes = ['image/png', 'image/jpeg']
const logoMaxBytes = 2 * 1024 * 1024

/** Papers of the shop: quotes, receipts and packing slips as PDF, kept with their order or quote. */
export class DocumentService {
  readonly #deps: DocumentDependencies
  readonly #rows: DocumentRepository
  readonly #templates: TemplateStore

  constructor(deps: DocumentDependencies) {
    this.#deps = deps
    this.#rows = new DocumentRepository(deps.storage)
    this.#templates = new TemplateStore(deps.storage, deps.shop)
  }

  template(): DocumentTemplate {
    return this.#templates.get().template
  }

  setTemplate(tx: Tx, changes: Partial<DocumentTemplate>): DocumentTemplate {
    return this.#templates.set(tx, changes)
  }

  /** Keeps a picture as the logo. @throws DomainError `media.type_refused`, `media.too_large`. */
  async setLogo(actor: Actor, picture: AsyncIterable<Uint8Array> | null): Promise<DocumentTemplate> {
    const stored =
      picture === null
        ? null
        : await this.#deps.media.put(picture, { allowed: logoTypes, maxBytes: logoMaxBytes })
    if (stored !== null) await this.#tryLogo(stored.hash)
    return this.#deps.storage.write(actor, (tx) => this.setTemplate(tx, { logoHash: stored?.hash ?? null }))
  }

  /** @throws DomainError `not_found` */
  get(id: string): ShopDocument {
    const document = this.#rows.get(id)
    if (document === null) throw new DomainError('not_found', { entity: 'document', id })
    return document
  }

  /**
   * Makes a paper, or answers the one already made of this revision in this language.
   * @throws DomainError `not_found`, `document.failed`, `cancelled`, and those of the media store.
   */
  async make(
    actor: Actor,
    wanted: { kind: DocumentKind; orderId?: string; quoteId?: string; language?: Language },
    signal?: AbortSignal,
  ): Promise<ShopDocument> {
    const { template, changedAt } = this.#templates.get()
    const language = wanted.language ?? this.#languageOf(wanted)
    const subject = this.#subject(wanted, template, language)
    const { orderId, quoteId } = subject
    const key = { kind: wanted.kind, orderId, quoteId, locale: language, ofRevision: subject.revision }
    const known = this.#rows.current(key, changedAt)
    if (known !== null && this.#deps.media.path(known.mediaHash) !== null) return known
    const mediaHash = await this.#render(subject.paper, template, signal)
    const { customerId } = subject
    // Whoever was erased meanwhile leaves no paper behind.
    if (customerId !== null && this.#deps.customers.get(customerId)?.erasedAt !== null) {
      await this.#deps.media.removeUnused(this.#deps.storage, [mediaHash])
      throw new DomainError('not_found', { entity: 'customers', id: customerId })
    }
    return this.#deps.storage.write(actor, (tx) => {
      const row = { ...key, customerId, name: fileName(subject.paper), mediaHash }
      const id = this.#rows.insert(tx, row)
      if (orderId !== null) tx.emit('order.changed', { orderId })
      return this.get(id)
    })
  }

  /** An example with made-up figures, as it would look now; kept in media only. */
  async sample(kind: DocumentKind, language: Language, signal?: AbortSignal): Promise<ShopDocument> {
    const { storage, shop, settings } = this.#deps
    const { template } = this.#templates.get()
    const now = storage.now()
    const { currency, pricesIncludeTax } = shop()
    const rate = settings.get().taxes.standard ?? 0
    const format = paperFormat(shop(), language)
    const paper =
      kind === 'quote'
        ? this.#quotePaper(sampleQuote(language, now), null, template, language)
        : orderPaper(
            kind,
            sampleOrder({ currency, pricesIncludeTax, rate, language, at: now }),
            null,
            this.#paperShop(),
            template,
            format,
          )
    const mediaHash = await this.#render(paper, template, signal)
    return { id: 'sample', kind, name: fileName(paper), mediaHash, orderId: null, quoteId: null, at: now }
  }

  /** The paper as something to send along. */
  payload(document: ShopDocument, caption = ''): OutboundPayload {
    return {
      type: 'document',
      mediaHash: document.mediaHash,
      name: document.name,
      mime: 'application/pdf',
      caption,
    }
  }

  /** Sends a paper in the conversation of its order or quote. @throws DomainError `not_found`, `document.no_conversation`. */
  send(tx: Tx, id: string): string {
    const document = this.get(id)
    const conversationId = this.#conversationOf(document)
    if (conversationId === null) throw new DomainError('document.no_conversation', { id })
    const { language } = this.#deps.conversations.manner(conversationId)
    const text = documentTexts[language ?? this.#shopLanguage()][document.kind]
    const messageId = this.#deps.conversations.notify(tx, conversationId, text, [this.payload(document)])
    if (messageId === null) throw new DomainError('document.no_conversation', { id })
    return messageId
  }

  #conversationOf({ orderId, quoteId }: ShopDocument): string | null {
    if (orderId !== null) return this.#deps.orders.get(orderId).conversationId
    return quoteId === null ? null : (this.#deps.tariffs.getQuote(quoteId)?.conversationId ?? null)
  }

  #languageOf(wanted: { orderId?: string; quoteId?: string }): Language {
    const conversationId = this.#conversationOf({
      id: '',
      kind: 'receipt',
      name: '',
      mediaHash: '',
      at: '',
      orderId: wanted.orderId ?? null,
      quoteId: wanted.quoteId ?? null,
    })
    const known = conversationId === null ? null : this.#deps.conversations.manner(conversationId).language
    return known ?? this.#shopLanguage()
  }

  #shopLanguage(): Language {
    return this.#deps.shop().locale.toLowerCase().startsWith('en') ? 'en' : 'es'
  }

  #paperShop(): PaperShop {
    const { address, phone } = this.#deps.knowledge.profile()
    return { ...this.#deps.shop(), address, phone }
  }

  #subject(
    wanted: { kind: DocumentKind; orderId?: string; quoteId?: string },
    template: DocumentTemplate,
    language: Language,
  ): Subject {
    const format = paperFormat(this.#deps.shop(), language)
    const shop = this.#paperShop()
    if (wanted.kind === 'quote') {
      const quote = this.#deps.tariffs.getQuote(wanted.quoteId ?? '')
      if (quote === null) throw new DomainError('not_found', { entity: 'quote', id: wanted.quoteId ?? '' })
      return {
        paper: this.#quotePaper(quote, this.#customer(quote.customer?.id ?? null), template, language),
        orderId: null,
        quoteId: quote.id,
        customerId: quote.customer?.id ?? null,
        revision: 1,
      }
    }
    const order = this.#deps.orders.get(wanted.orderId ?? '')
    const customer = this.#customer(order.customer?.id ?? null)
    return {
      paper: orderPaper(wanted.kind, order, customer, shop, template, format),
      orderId: order.id,
      quoteId: null,
      customerId: order.customer?.id ?? null,
      revision: order.revision,
    }
  }

  #quotePaper(
    quote: Quote,
    customer: PaperCustomer | null,
    template: DocumentTemplate,
    language: Language,
  ): Paper {
    const { taxes, deliveryTax } = this.#deps.settings.get()
    const taxClass = this.#deps.catalog.product(quote.product.id)?.taxClass ?? 'standard'
    const { pricesIncludeTax } = this.#deps.shop()
    const pricing = priceOrder({
      lines: [{ quantity: 1, unitSize: 1, unitPrice: quote.total, taxClass }],
      deliveryFee: 0,
      discount: null,
      taxes,
      deliveryTax,
      pricesIncludeTax,
    })
    const definition = this.#deps.tariffs.of(quote.product.id)?.definition ?? null
    const format = paperFormat(this.#deps.shop(), language)
    return quotePaper(quote, definition, pricing, customer, this.#paperShop(), template, format)
  }

  #customer(id: string | null): PaperCustomer | null {
    const customer = id === null ? null : this.#deps.customers.get(id)
    if (customer === null) return null
    const { name, phone, email } = customer
    return { name, phone, email, nationalId: customer.nationalId }
  }

  /** A picture that begins like one but cannot be drawn would spoil every paper. @throws DomainError `media.type_refused` */
  async #tryLogo(logoHash: string): Promise<void> {
    const template = { ...this.#templates.get().template, logoHash }
    const quote = sampleQuote('es', this.#deps.storage.now())
    try {
      await this.#render(this.#quotePaper(quote, null, template, 'es'), template)
    } catch (error) {
      if (!isDomainError(error, 'document.failed')) throw error
      throw new DomainError('media.type_refused', {}, { cause: error })
    }
  }

  async #render(paper: Paper, template: DocumentTemplate, signal?: AbortSignal): Promise<string> {
    const logo = template.logoHash === null ? null : this.#deps.media.path(template.logoHash)
    const pdf = await renderPdf({ paper, logo }, signal)
    const { hash } = await this.#deps.media.put(once(pdf), { allowed: ['application/pdf'] })
    return hash
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

/** `recibo-1004.pdf`: plain letters, so that every system can keep it. */
function fileName(paper: Paper): string {
  const plain = paper.title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return `${plain || paper.kind}.pdf`
}
