import type { Page } from '@playwright/test'

/** What the tests of the desktop do in the desk, in Spanish. */

/** From the first screen into the demo shop's test chat. */
export async function openDemo(page: Page): Promise<void> {
  await page.getByRole('radiogroup').getByText('Español', { exact: true }).click()
  await page.getByRole('button', { name: 'Abrir la tienda de ejemplo' }).click()
  await page.getByRole('heading', { level: 1, name: 'Chat de prueba' }).waitFor({ timeout: 60_000 })
}

/** Says something as the customer, in words not used before, and answers the reply's text. */
export async function ask(page: Page, text: string): Promise<string> {
  const list = page.getByRole('region', { name: 'Mensajes de la prueba' })
  const input = page.getByRole('textbox', { name: 'Tu mensaje como cliente' })
  await input.fill(text)
  await input.press('Enter')
  // What was said before may appear only now, when the chat has been loaded.
  const own = list.locator('li[data-author="customer"]').filter({ hasText: text })
  const replies = own.locator('xpath=following::li[@data-author="agent"]')
  await replies.first().waitFor({ timeout: 30_000 })
  return (await replies.allInnerTexts()).join('\n')
}

/** To a screen of the shop, by the part of the address after its name. */
export async function go(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation').locator(`a[href$="/${screen}"]`).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
}
