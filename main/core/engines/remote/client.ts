import OpenAI from 'openai'
import { EngineError } from '../engine.ts'
import type { AnswerLimits } from './guarded-fetch.ts'
import { guardedFetch } from './guarded-fetch.ts'

/** An answer of a model. */
const streamLimits: AnswerLimits = { bytes: 4 * 1024 * 1024, lineBytes: 512 * 1024 }
/** OpenRouter's list of models is half a megabyte on one line. */
const listLimits: AnswerLimits = { bytes: 16 * 1024 * 1024, lineBytes: 16 * 1024 * 1024 }

/**
 * The official client, with everything switched off that would act on its own: environment variables, retries, its log,
 * its description of this computer, redirects.
 * @param key '' for a service that asks for none.
 * @throws EngineError `refused_key` for a key that no header can carry.
 */
export function openClient(baseUrl: string, key: string, kind: 'stream' | 'json'): OpenAI {
  if (key !== '' && !/^[\x21-\x7e]{1,500}$/.test(key)) throw new EngineError('refused_key')
  return new OpenAI({
    baseURL: baseUrl,
    apiKey: key === '' ? 'none' : key,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    // Ours are tighter; its own must not come first.
    timeout: 10 * 60_000,
    logLevel: 'off',
    fetch: guardedFetch(kind === 'stream' ? streamLimits : listLimits, kind),
    defaultHeaders: {
      ...(key === '' ? { authorization: null } : {}),
      'user-agent': 'Mostrador',
      'x-stainless-lang': null,
      'x-stainless-package-version': null,
      'x-stainless-os': null,
      'x-stainless-arch': null,
      'x-stainless-runtime': null,
      'x-stainless-runtime-version': null,
      'x-stainless-retry-count': null,
      'x-stainless-timeout': null,
    },
  })
}
