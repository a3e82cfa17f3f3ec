import type { Page } from '@playwright/test'
import { createClients, type CloudClients } from '@/lib/cloud/clients'
import vi from '@/messages/vi/sandbox.json' with { type: 'json' }
import en from '@/messages/en/sandbox.json' with { type: 'json' }

/** Opens the learner's account on the page and gives clients for it, as an own program would have them by the page's lines. */
export async function ownClients(page: Page, language: 'vi' | 'en'): Promise<{ clients: CloudClients; place: { accountId: string; region: string } }> {
  const t = { vi, en }[language]
  await page.goto('/sandbox/tools')
  const open = page.getByRole('button', { name: t.none.button })
  const lines = page.locator('pre', { hasText: 'AWS_ENDPOINT_URL' })
  await open.or(lines).first().waitFor()
  if (await open.isVisible()) await open.click()
  await page.getByRole('button', { name: t.cli.show }).click()
  const text = await lines.innerText()
  const value = (name: string) => new RegExp(`${name}='?([^'\\s]+)`).exec(text)![1]!
  const accountId = await page.getByText(/^\d{12}$/).first().innerText()
  const region = value('AWS_DEFAULT_REGION')
  const credentials = { accessKeyId: value('AWS_ACCESS_KEY_ID'), secretAccessKey: value('AWS_SECRET_ACCESS_KEY') }
  return { clients: createClients({ endpoint: value('AWS_ENDPOINT_URL'), region, credentials, appId: 'tests' }), place: { accountId, region } }
}
