import { DeleteUserPolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { CreateTableCommand } from '@aws-sdk/client-dynamodb'
import { resourceHref } from '@/components/explorer/resource-href'
import { makeShop, SHOP_SIZE } from '@/lib/inventory/testing'
import en from '@/messages/en/explorer.json' with { type: 'json' }
import vi from '@/messages/vi/explorer.json' with { type: 'json' }
import { expect, test as base } from './fixtures'
import { LabPage } from './lab-page'
import { openAccount } from './own-account'

const texts = { vi, en }
const nothingLeft = { vi: 'Kiểm kê: không còn gì', en: 'Inventory: nothing is left' }

for (const language of ['vi', 'en'] as const) {
  const t = texts[language]
  const test = base.extend({
    language: async ({}, use) => use(language),
  })
  test.describe.configure({ timeout: 90_000 })

  test(`the diagram and the list show the account, and lead to each resource (${language})`, async ({ page, learner: _, expectAccessible }) => {
    const { clients, ...place } = await openAccount(page, language)
    await makeShop(clients, place, 'shop')
    await page.goto('/sandbox')
    await expect(page.getByRole('heading', { name: t.title.replace('{count}', String(SHOP_SIZE)) })).toBeVisible()
    const diagram = page.getByRole('group', { name: t.diagram.label })
    const total = diagram.getByRole('link', { name: `${t.kinds.function} shop-total` })
    await expect(total).toBeVisible()
    // A subscription is a line of the diagram and a row of the list.
    await expect(diagram.getByRole('link', { name: t.kinds.subscription })).toHaveCount(0)
    await expect(page.getByRole('link', { name: 'shop-news → shop-orders' })).toBeVisible()
    await expectAccessible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)

    // What it has to do with stands out while it is focused.
    await total.focus()
    await expect(diagram.getByRole('link', { name: `${t.kinds.table} shop-books` })).toHaveAttribute('data-near', '')
    await expect(diagram.getByRole('link', { name: `${t.kinds.user} shop-clerk` })).not.toHaveAttribute('data-near', '')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 2, name: 'shop-total' })).toBeVisible()
    await expect(page.getByText('nodejs22.x').first()).toBeVisible()
    await expect(page.getByText('aws lambda get-function --function-name shop-total').first()).toBeVisible()
    await expect(page.getByText(t.costs.function)).toBeVisible()
    await expect(page.getByText('live', { exact: true }).first()).toBeVisible()
    await expectAccessible()
    await page.getByRole('link', { name: 'shop-role' }).first().click()
    await expect(page.getByRole('heading', { level: 2, name: 'shop-role' })).toBeVisible()
  })

  test(`search narrows diagram and list and stays in the address (${language})`, async ({ page, learner: _, expectAccessible }) => {
    const { clients, ...place } = await openAccount(page, language)
    await makeShop(clients, place, 'shop')
    await page.goto('/sandbox')
    await page.getByRole('searchbox', { name: t.search.name }).fill('books')
    await expect(page).toHaveURL(/[?&]q=books/)
    await expect(page.getByRole('table')).toHaveCount(1)
    const diagram = page.getByRole('group', { name: t.diagram.label })
    // The functions that may use it stand beside it.
    await expect(diagram.getByRole('link')).toHaveCount(3)
    await page.reload()
    await expect(page.getByRole('searchbox', { name: t.search.name })).toHaveValue('books')
    await page.getByRole('searchbox', { name: t.search.name }).fill('')
    await expect(page).not.toHaveURL(/q=books/)
    await page.getByRole('combobox', { name: t.search.show }).selectOption('queue')
    await expect(page).toHaveURL(/show=queue/)
    await expect(page.getByRole('table').getByRole('link')).toHaveText(['shop-dead', 'shop-orders'])
    await expectAccessible()
  })

  test(`a resource is deleted with its parts, after what depends on it was shown (${language})`, async ({ page, learner: _, expectAccessible }) => {
    const { clients, ...place } = await openAccount(page, language)
    await makeShop(clients, place, 'shop')
    await page.goto(resourceHref(`arn:aws:lambda:${place.region}:${place.accountId}:function:shop-total`))
    // By the keyboard alone.
    await page.getByRole('button', { name: t.details.deleteThis }).focus()
    await page.keyboard.press('Enter')
    const ask = page.getByRole('group', { name: t.details.deleteThis })
    await expect(ask.getByText(t.details.goes)).toBeVisible()
    await expect(ask.getByRole('link', { name: '/aws/lambda/shop-total' })).toBeVisible()
    await expect(ask.getByText(t.details.affected)).toBeVisible()
    await expect(ask.getByRole('link', { name: 'shop-rest' })).toBeVisible()
    await expectAccessible()
    await ask.getByRole('button').first().focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText(nothingLeft[language])).toBeVisible()
    await expectAccessible()
    await page.getByRole('link', { name: t.details.back }).click()
    await expect(page.getByRole('heading', { name: t.title.replace('{count}', String(SHOP_SIZE - 3)) })).toBeVisible()
    await page.goBack()
    await page.reload()
    await expect(page.getByText(t.details.notThere)).toBeVisible()
  })

  test(`clean-up tells what could not be deleted and why, and ends in zero on another try (${language})`, async ({ page, learner: _, expectAccessible }) => {
    const { clients, ...place } = await openAccount(page, language)
    await makeShop(clients, place, 'shop')
    const no = { UserName: 'learner', PolicyName: 'no' }
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'dynamodb:DeleteTable', Resource: '*' }] })
    await clients.iam.send(new PutUserPolicyCommand({ ...no, PolicyDocument }))
    await page.goto('/sandbox')
    await page.getByRole('button', { name: t.all.button }).click()
    await page.getByRole('button', { name: t.all.yes, exact: true }).click()
    await expect(page.getByText(t.cleanUp.denied)).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('alert').getByText(/AccessDenied.*dynamodb:DeleteTable/)).toBeVisible()
    await expect(page.getByRole('button', { name: t.cleanUp.retry })).toBeVisible({ timeout: 30_000 })
    await expectAccessible()
    await clients.iam.send(new DeleteUserPolicyCommand(no))
    await page.getByRole('button', { name: t.cleanUp.retry }).click()
    await expect(page.getByText(nothingLeft[language])).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText(t.none)).toBeVisible()
  })

  test(`what changes elsewhere appears by itself, and what may not be seen is told (${language})`, async ({ page, learner: _ }) => {
    const { clients } = await openAccount(page, language)
    await page.goto('/sandbox')
    await expect(page.getByText(t.none)).toBeVisible()
    // The page has looked for changes once, so that the next one is news to it.
    await page.waitForResponse((response) => response.url().endsWith('/sandbox/changes'))
    await clients.dynamodb.send(new CreateTableCommand({ TableName: 'books', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }))
    await expect(page.getByRole('link', { name: 'books', exact: true })).toBeVisible({ timeout: 30_000 })
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:ListAllMyBuckets', Resource: '*' }] })
    await clients.iam.send(new PutUserPolicyCommand({ UserName: 'learner', PolicyName: 'no', PolicyDocument }))
    await page.reload()
    await expect(page.getByText(t.failures.title)).toBeVisible()
    await expect(page.getByText(/s3:ListAllMyBuckets/)).toBeVisible()
    await expect(page.getByRole('link', { name: 'books', exact: true })).toBeVisible()
  })

  test(`a lab shows what it made (${language})`, async ({ page, learner: _, expectAccessible }) => {
    const lab = new LabPage(page, language, '42.1')
    await lab.start()
    await lab.pane('work')
    await page.locator('summary', { hasText: t.lab.title }).click()
    await expect(page.getByRole('link', { name: `${t.kinds.function} bookshop-receipt` })).toBeVisible()
    await page.getByRole('button', { name: t.lab.whole }).click()
    await expect(page.getByRole('button', { name: t.lab.whole })).toHaveAttribute('aria-pressed', 'true')
    await expect(page.getByRole('link', { name: 'bookshop-receipt', exact: true })).toBeVisible()
    await expectAccessible()
    await lab.expectWithinWidth()
  })
}

base('the clean-up and the changes are for the account’s owner alone', async ({ request }) => {
  expect((await request.post('/sandbox/clean-up', { data: { all: true } })).status()).toBe(401)
  expect((await request.get('/sandbox/changes')).status()).toBe(401)
  expect((await request.post('/labs/42.1/clean-up', { data: {} })).status()).toBe(401)
  expect((await request.post('/sandbox/clean-up', { data: { all: true }, headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' } })).status()).toBe(403)
})
