import type { Page } from '@playwright/test'
import type { FakeModelServer } from '../fakes/model-server/server.ts'
import { expect, go, type Language } from './fixtures.ts'

/** What the journeys through the assistant's screens look for, as the desk writes it in each language. */
export const say = {
  es: {
    parts: {
      engines: 'Motores',
      models: 'Modelos',
      spending: 'Gasto',
      personality: 'Personalidad',
      sent: 'Lo enviado',
      exams: 'Exámenes',
    },
    now: 'Quién contesta ahora',
    add: 'Añadir un servicio',
    more: 'Más opciones',
    otherAddress: 'Otra dirección del servicio',
    model: 'Modelo',
    list: 'Ver la lista',
    submit: 'Comprobar y añadir',
    answered: /^Contestó en/,
    sent: 'Ver lo que se envió',
    hidden: /datos? personal(es)? se qued/,
  },
  en: {
    parts: {
      engines: 'Engines',
      models: 'Models',
      spending: 'Spending',
      personality: 'Personality',
      sent: 'What was sent',
      exams: 'Exams',
    },
    now: 'Who answers now',
    add: 'Add a service',
    more: 'More options',
    otherAddress: 'Another address of the service',
    model: 'Model',
    list: 'Load the list',
    submit: 'Check and add',
    answered: /^Answered in/,
    sent: 'See what was sent',
    hidden: /personal data stayed/,
  },
} as const

export type Part = keyof (typeof say)['es']['parts']

/** To one part of the assistant's screen. */
export async function openPart(page: Page, language: Language, part: Part): Promise<void> {
  await go(page, 'assistant')
  const link = page.getByRole('main').getByRole('link', { name: say[language].parts[part], exact: true })
  await link.click()
  await expect(link).toHaveAttribute('aria-current', 'page')
}

/** Fills in the form for a service of the flavour that the server has; nothing is sent yet. */
export async function fillService(
  page: Page,
  language: Language,
  service: FakeModelServer,
  { key = service.key, model = '' }: { key?: string; model?: string } = {},
): Promise<void> {
  const text = say[language]
  await page.getByRole('button', { name: text.add }).click()
  const form = page.getByRole('dialog')
  const { flavour } = service
  await form.getByRole('radio', { name: flavour === 'openrouter' ? 'OpenRouter' : 'DeepSeek' }).check()
  await form.getByRole('button', { name: text.more }).click()
  await form.getByRole('textbox', { name: text.otherAddress }).fill(service.baseUrl)
  await form.locator('input[type="password"]').fill(key)
  if (model !== '') await form.getByLabel(text.model).fill(model)
}

/** Adds a service and waits until its own test has come back. */
export async function addService(
  page: Page,
  language: Language,
  service: FakeModelServer,
  model: string,
): Promise<void> {
  await fillService(page, language, service, { model })
  await page.getByRole('dialog').getByRole('button', { name: say[language].submit }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const row = page.locator('[data-engine]').filter({ hasText: model })
  await expect(row.getByText(say[language].answered)).toBeVisible()
}
