/** Understanding of what customers write: pure, without catalog, storage or model. */
export { type Classification, classify } from './classify.ts'
export { type Intent, type MessageClass, topicOf } from './intents.ts'
export type { ProductPhrase } from './phrase.ts'
export type { CustomerRequest, Understanding } from './request.ts'
export { understand } from './understand.ts'
