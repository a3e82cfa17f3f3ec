import type { Page } from '@playwright/test'
import { CreateApiCommand, CreateIntegrationCommand, CreateRouteCommand, CreateStageCommand, UpdateApiCommand } from '@aws-sdk/client-apigatewayv2'
import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { resourceHref } from '@/components/explorer/resource-href'
import en from '@/messages/en/api-tester.json' with { type: 'json' }
import enResource from '@/messages/en/resource.json' with { type: 'json' }
import vi from '@/messages/vi/api-tester.json' with { type: 'json' }
import viResource from '@/messages/vi/resource.json' with { type: 'json' }
import { expect, signUp, test as base } from './fixtures'
import { makeFunction, openAccount, type OwnAccount } from './own-account'

const texts = { vi, en }
const resource = { vi: viResource, en: enResource }

/** An HTTP API whose answers tell what reached the function; `GET /signed` wants an IAM signature. Gives its id. */
async function makeApi(account: OwnAccount): Promise<string> {
  const { apigatewayv2, lambda } = account.clients
  const fn = await makeFunction(account, 'echo', `export const handler = async (event) => ({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ path: event.rawPath, query: event.rawQueryString, key: event.headers['x-shop'], sent: event.body }) })`)
  await lambda.send(new AddPermissionCommand({ FunctionName: 'echo', StatementId: 'api', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' }))
  const { ApiId = '' } = await apigatewayv2.send(new CreateApiCommand({ Name: 'bookshop', ProtocolType: 'HTTP' }))
  const { IntegrationId } = await apigatewayv2.send(new CreateIntegrationCommand({ ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: fn, PayloadFormatVersion: '2.0' }))
  const Target = `integrations/${IntegrationId}`
  for (const RouteKey of ['GET /books', 'PUT /books/{id}']) await apigatewayv2.send(new CreateRouteCommand({ ApiId, RouteKey, Target }))
  await apigatewayv2.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /signed', Target, AuthorizationType: 'AWS_IAM' }))
  await apigatewayv2.send(new CreateStageCommand({ ApiId, StageName: 'dev', AutoDeploy: true }))
  return ApiId
}

for (const language of ['vi', 'en'] as const) {
  const t = texts[language]
  const test = base.extend<{ account: OwnAccount }>({
    language: async ({}, use) => use(language),
    account: async ({ page, learner: _ }, use) => use(await openAccount(page, language)),
  })
  const send = (page: Page) => page.getByRole('button', { name: t.send, exact: true }).click()
  const answer = (page: Page) => page.getByRole('region', { name: t.response, exact: true })

  test(`a request goes to the own API and its answer is told (${language})`, async ({ page, account, expectAccessible }) => {
    await page.goto('/sandbox/apis')
    await expect(page.getByText(t.none)).toBeVisible()
    await expectAccessible()
    await makeApi(account)
    await page.goto('/sandbox/apis')
    await page.getByLabel(t.route, { exact: true }).selectOption('PUT /books/{id}')
    await send(page)
    await expect(page.getByText(resource[language].field.placeholder.split("'")[0]!.trim()).first()).toBeVisible()
    await page.getByLabel(t.path, { exact: true }).fill('/books/b1?lang=vi')
    await page.getByRole('button', { name: t.addHeader }).click()
    await page.getByLabel(t.headerName.replace('{number}', '1')).fill('X-Shop')
    await page.getByLabel(t.headerValue.replace('{number}', '1')).fill('main')
    await page.locator('.cm-content').click()
    await page.keyboard.insertText('{"title":"Lão Hạc"}')
    await send(page)
    await expect(answer(page)).toContainText('200')
    const body = answer(page).getByLabel(t.answerBody, { exact: true })
    await expect(body).toContainText('"path": "/dev/books/b1"')
    await expect(body).toContainText('"query": "lang=vi"')
    await expect(body).toContainText('"key": "main"')
    await expect(body).toContainText('Lão Hạc')
    await answer(page).getByText(t.asSent, { exact: true }).click()
    await expect(answer(page).getByLabel(t.asSent, { exact: true })).toContainText('X-Shop: main')
    await page.getByText(t.curl, { exact: true }).click()
    await expect(page.locator('pre', { hasText: 'curl -i -X PUT' })).toContainText('/dev/books/b1?lang=vi')
    await expectAccessible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  })

  test(`a request is signed as the learner where the route asks for it (${language})`, async ({ page, account }) => {
    const ApiId = await makeApi(account)
    // The tester stands on the API's own page as well.
    await page.goto(resourceHref(`arn:aws:apigateway:${account.region}::/apis/${ApiId}`))
    await page.getByLabel(t.path, { exact: true }).fill('/signed?b=2&a=1')
    await send(page)
    await expect(answer(page)).toContainText('403')
    await page.getByLabel(t.auth, { exact: true }).selectOption('iam')
    await send(page)
    await expect(answer(page)).toContainText('200')
  })

  test(`requests are kept, renamed, deleted and brought back (${language})`, async ({ page, account, expectAccessible }) => {
    await makeApi(account)
    await page.goto('/sandbox/apis')
    await page.getByLabel(t.path, { exact: true }).fill('/books?page=2')
    await page.getByLabel(t.auth, { exact: true }).selectOption('bearer')
    await page.getByLabel(t.authValue.bearer, { exact: true }).fill('a-secret-token')
    await send(page)
    await expect(answer(page)).toContainText('200')
    await page.getByLabel(t.saveAs).fill('page two')
    await page.getByRole('button', { name: t.save, exact: true }).click()
    await expect(page.getByText(t.saved.replace('{name}', 'page two'))).toBeVisible()
    await page.reload()
    const kept = page.getByRole('complementary', { name: t.savedTitle })
    await expect(kept).toContainText('page two')
    // What was sent is there too, and no token.
    await expect(kept.getByRole('button', { name: '/books?page=2 200' })).toBeVisible()
    await kept.getByRole('button', { name: /page two$/ }).first().click()
    await expect(page.getByLabel(t.path, { exact: true })).toHaveValue('/books?page=2')
    await expect(page.getByLabel(t.authValue.bearer, { exact: true })).toHaveValue('')
    await kept.getByRole('button', { name: t.renameOne.replace('{name}', 'page two') }).click()
    await kept.getByLabel(t.newName).fill('second page')
    await kept.getByLabel(t.newName).press('Enter')
    await expect(kept).toContainText('second page')
    await expectAccessible()
    await kept.getByRole('button', { name: t.deleteOne.replace('{name}', 'second page') }).click()
    await expect(page.getByText(t.deleted.replace('{name}', 'second page'))).toBeVisible()
    await kept.getByRole('button', { name: t.undo, exact: true }).click()
    await expect(page.getByText(t.saved.replace('{name}', 'second page'))).toBeVisible()
    await page.reload()
    await expect(kept).toContainText('second page')
  })

  test(`what a browser would decide on another origin is told (${language})`, async ({ page, account, expectAccessible }) => {
    const ApiId = await makeApi(account)
    await page.goto('/sandbox/apis')
    await page.getByLabel(t.method, { exact: true }).selectOption('PUT')
    await page.getByLabel(t.path, { exact: true }).fill('/books/b1')
    await page.getByText(t.cors.title, { exact: true }).click()
    await page.getByLabel(t.origin, { exact: true }).fill('https://shop.example')
    await send(page)
    await expect(page.getByText(t.cors.stopped)).toBeVisible()
    await expectAccessible()
    await account.clients.apigatewayv2.send(new UpdateApiCommand({ ApiId, CorsConfiguration: { AllowOrigins: ['https://shop.example'], AllowMethods: ['PUT'], AllowHeaders: ['content-type'] } }))
    await send(page)
    await expect(page.getByText(t.cors.allowed)).toBeVisible()
    await expect(answer(page)).toContainText('200')
  })

  test(`a request is made and sent by the keyboard alone (${language})`, async ({ page, account }) => {
    await makeApi(account)
    await page.goto('/sandbox/apis')
    const path = page.getByLabel(t.path, { exact: true })
    for (let pressed = 0; pressed < 40 && !(await path.evaluate((element) => element === document.activeElement)); pressed++) await page.keyboard.press('Tab')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('/books')
    await page.keyboard.press('Enter')
    await expect(answer(page)).toContainText('200')
  })
}

base('nobody reaches the API of another account', async ({ page, learner: _, browser, baseURL }) => {
  const mine = await openAccount(page, 'vi')
  const apiId = await makeApi(mine)
  const request = { apiId, stage: 'dev', method: 'GET', path: '/books', headers: [], body: '', auth: { kind: 'none', value: '' }, origin: '' }
  const own = await page.request.post('/sandbox/apis/send', { data: request })
  expect(await own.json()).toMatchObject({ ok: true, exchange: { response: { status: 200 } } })

  const context = await browser.newContext({ ...(baseURL && { baseURL }) })
  await context.addCookies([{ name: 'locale', value: 'vi', url: baseURL! }])
  await signUp(context, baseURL ?? '', { name: 'Trần Bình', email: `binh-${Date.now()}-${Math.random()}@example.com`, password: 'một câu dài để nhớ' })
  const other = await context.newPage()
  await openAccount(other, 'vi')
  expect(await (await context.request.post('/sandbox/apis/send', { data: request })).json()).toMatchObject({ ok: false, fields: { apiId: {} } })
  // Nor one who has signed out, nor by a path that climbs out of the API.
  await context.clearCookies()
  expect((await context.request.post('/sandbox/apis/send', { data: request })).status()).toBe(401)
  const climbing = await page.request.post('/sandbox/apis/send', { data: { ...request, path: '/../../_worklab/status' } })
  expect(climbing.status()).toBe(400)
  await context.close()
})
