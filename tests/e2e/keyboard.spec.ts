import type { Locator, Page } from '@playwright/test'
import { expect, signIn, test, words } from './fixtures.ts'

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error('the keyboard never reached the element')
}

test('everything on the way works without a mouse', async ({ page, host }) => {
  const es = words.es
  await signIn(page, host, 'es')
  await tabTo(page, page.getByRole('button', { name: es.demo }))
  await page.keyboard.press('Enter')

  // The test chat is ready to be written in.
  const input = page.getByRole('textbox', { name: es.message })
  await expect(input).toBeFocused({ timeout: 30_000 })
  await page.keyboard.type('¿tenéis pan?')
  await page.keyboard.press('Enter')
  const replies = page.getByRole('region', { name: es.messages }).locator('li[data-author="agent"]')
  await expect(replies.first()).toBeVisible({ timeout: 20_000 })
  await expect(input).toBeFocused()

  // The trace opens, holds the focus, closes with Escape and gives the focus back.
  const why = page.getByRole('button', { name: es.why }).last()
  await tabTo(page, why, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(why).toBeFocused()

  // Across to the conversation, taken over and answered.
  await tabTo(page, page.getByRole('navigation').getByRole('link', { name: es.conversations }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  const row = page.locator('a[href*="/conversations/"]').first()
  await expect(row).toBeVisible()
  await tabTo(page, row)
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: es.take }))
  await page.keyboard.press('Enter')
  const composer = page.getByRole('textbox', { name: es.toCustomer })
  await expect(composer).toBeVisible()
  await tabTo(page, composer)
  await page.keyboard.type('Hola, soy Lola')
  await page.keyboard.press('Enter')
  await expect(page.locator('li[data-author="person"]')).toContainText('soy Lola')
})
