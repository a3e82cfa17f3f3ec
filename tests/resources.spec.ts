import type { Page } from '@playwright/test'
import { CreateTableCommand, DescribeTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { PutRuleCommand } from '@aws-sdk/client-eventbridge'
import { PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { InvokeCommand } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { resourceHref } from '@/components/explorer/resource-href'
import enLab from '@/messages/en/lab.json' with { type: 'json' }
import en from '@/messages/en/resource.json' with { type: 'json' }
import viLab from '@/messages/vi/lab.json' with { type: 'json' }
import vi from '@/messages/vi/resource.json' with { type: 'json' }
import { expect, test as base } from './fixtures'
import { makeFunction, openAccount, type OwnAccount } from './own-account'

const texts = { vi, en }
const lab = { vi: viLab, en: enLab }
/** The beginning of a text, up to its first value. */
const beginning = (text: string) => text.split('{')[0]!.trim()

/** Replaces what an editor holds. */
async function write(page: Page, label: string, text: string): Promise<void> {
  const editor = page.locator('.cm-content').and(page.getByRole('textbox', { name: label, exact: true }))
  await editor.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

async function expectWithinWidth(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
}

async function makeTable({ clients: { dynamodb } }: OwnAccount, TableName: string): Promise<void> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  )
  await expect.poll(async () => (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus).toBe('ACTIVE')
}

for (const language of ['vi', 'en'] as const) {
  const t = texts[language]
  const test = base.extend<{ account: OwnAccount }>({
    language: async ({}, use) => use(language),
    account: async ({ page, learner: _ }, use) => use(await openAccount(page, language)),
  })

  test(`a function is tried with an event that is kept, and its log and code are read (${language})`, async ({ page, account, expectAccessible }) => {
    const arn = await makeFunction(account, 'greet', `export const handler = async ({ name }) => { console.log(JSON.stringify({ level: 'INFO', greeted: name })); if (!name) throw new Error('no name'); return { hello: name } }`)
    await page.goto(resourceHref(arn))
    await write(page, t.lambda.event, '{ "name": "Nam Cao"')
    await page.getByRole('button', { name: t.lambda.invoke, exact: true }).click()
    await expect(page.getByText(t.field.json).or(page.getByText(beginning(lab[language].field.json)))).toBeVisible()
    await write(page, t.lambda.event, '{ "name": "Nam Cao" }')
    await page.getByRole('button', { name: t.lambda.invoke, exact: true }).click()
    await expect(page.getByText(lab[language].invoke.succeeded)).toBeVisible({ timeout: 20_000 })
    await expect(page.getByLabel(lab[language].invoke.response, { exact: true })).toContainText('"hello": "Nam Cao"')

    // The command beside the form is the same call.
    await page.getByText(lab[language].cli.title).first().click()
    await expect(page.getByLabel(lab[language].cli.title).first()).toContainText('aws lambda invoke')
    await expect(page.getByLabel(lab[language].cli.title).first()).toContainText('Nam Cao')

    await page.getByText(t.lambda.keep).click()
    await page.getByLabel(t.lambda.eventName).fill('Nam Cao')
    await page.getByRole('button', { name: t.lambda.save, exact: true }).click()
    await expect(page.getByText(t.lambda.saved.replace('{name}', 'Nam Cao'))).toBeVisible()
    await expectAccessible()
    await page.reload()
    await expect(page.locator('.cm-content').first()).toContainText('Nam Cao')
    await page.getByRole('button', { name: t.lambda.remove, exact: true }).click()
    await page.getByRole('button', { name: t.lambda.undo, exact: true }).click()
    await expect(page.getByText(t.lambda.saved.replace('{name}', 'Nam Cao'))).toBeVisible()

    await page.getByRole('button', { name: t.lambda.codeShow }).click()
    await expect(page.getByLabel('index.mjs', { exact: true })).toContainText('hello: name')
    await page.getByRole('button', { name: t.logs.search, exact: true }).click()
    await expect(page.getByLabel(t.logs.events)).toContainText('greeted')
    await expectWithinWidth(page)
  })

  test(`a log is filtered and followed as it is written (${language})`, async ({ page, account, expectAccessible }) => {
    await makeFunction(account, 'talk', `export const handler = async ({ say }) => { console.log(JSON.stringify({ said: say })); if (say === 'boom') console.error('boom went wrong') }`)
    const say = (word: string) => account.clients.lambda.send(new InvokeCommand({ FunctionName: 'talk', Payload: Buffer.from(JSON.stringify({ say: word })) }))
    await say('first')
    await say('boom')
    await page.goto(resourceHref(`arn:aws:logs:${account.region}:${account.accountId}:log-group:/aws/lambda/talk`))
    const lines = page.getByLabel(t.logs.events)
    await expect(lines).toContainText('first')
    await expect(lines).toContainText(t.logs.report)
    await expect(lines).toContainText(t.logs.level.error)
    await expectAccessible()
    await page.getByLabel(t.logs.pattern).fill('boom')
    await page.getByRole('button', { name: t.logs.search, exact: true }).click()
    await expect(lines).not.toContainText('first')
    await page.getByLabel(t.logs.pattern).fill('{ $.said = ')
    await page.getByRole('button', { name: t.logs.search, exact: true }).click()
    await expect(page.getByText('InvalidParameterException')).toBeVisible()
    await page.getByLabel(t.logs.pattern).fill('')
    await page.getByRole('button', { name: t.logs.follow, exact: true }).click()
    await expect(page.getByText(t.logs.following)).toBeVisible()
    await say('while-followed')
    await expect(lines).toContainText('while-followed', { timeout: 20_000 })
    await page.getByRole('button', { name: t.logs.pause, exact: true }).click()
    await expect(page.getByText(t.logs.following)).toHaveCount(0)
  })

  test(`items of a table are found, added, changed, deleted and brought back (${language})`, async ({ page, account, expectAccessible }) => {
    await makeTable(account, 'books')
    for (let number = 1; number <= 30; number++) await account.clients.dynamodb.send(new PutItemCommand({ TableName: 'books', Item: { id: { S: `b${number}` }, price: { N: String(number) } } }))
    await page.goto(resourceHref(`arn:aws:dynamodb:${account.region}:${account.accountId}:table/books`))
    await page.getByRole('button', { name: t.dynamodb.do.scan, exact: true }).click()
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(26)
    await page.getByRole('button', { name: t.dynamodb.next, exact: true }).click()
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(6)

    await page.getByLabel(t.dynamodb.mode, { exact: true }).selectOption('query')
    await page.getByLabel(t.dynamodb.keyValue.replace('{name}', 'id').replace('{type}', 'S')).fill('b7')
    await page.getByRole('button', { name: t.dynamodb.do.query, exact: true }).click()
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(2)
    await expect(page.getByText(lab[language].cli.title).first()).toBeVisible()
    await expectAccessible()

    // A key that is taken: DynamoDB refuses what the box asks it to.
    await page.getByRole('button', { name: t.dynamodb.add, exact: true }).click()
    await write(page, t.dynamodb.item, '{ "id": "b7", "price": 1 }')
    await page.getByRole('button', { name: t.dynamodb.write, exact: true }).click()
    await expect(page.getByText('ConditionalCheckFailedException')).toBeVisible()
    await expect(page.getByText(lab[language].aws.conditionFailed)).toBeVisible()
    await page.getByLabel(t.dynamodb.onlyNew).uncheck()
    await page.getByRole('button', { name: t.dynamodb.write, exact: true }).click()
    await expect(page.getByText(t.dynamodb.replaced)).toBeVisible()
    const price = async () => (await account.clients.dynamodb.send(new GetItemCommand({ TableName: 'books', Key: { id: { S: 'b7' } } }))).Item?.price?.N
    expect(await price()).toBe('1')
    await page.getByRole('button', { name: t.dynamodb.undo, exact: true }).click()
    await expect(page.getByText(t.dynamodb.undone)).toBeVisible()
    expect(await price()).toBe('7')

    await page.getByRole('button', { name: t.dynamodb.deleteOne.replace('{key}', 'b7') }).click()
    await expect(page.getByText(t.dynamodb.deleted)).toBeVisible()
    expect(await price()).toBeUndefined()
    await page.getByRole('button', { name: t.dynamodb.undo, exact: true }).click()
    await expect(page.getByText(t.dynamodb.undone)).toBeVisible()
    expect(await price()).toBe('7')
    await expectWithinWidth(page)
  })

  test(`objects are put, looked at safely, deleted and brought back (${language})`, async ({ page, account, expectAccessible }) => {
    const bucket = `covers-${account.accountId}`
    const { s3 } = account.clients
    await s3.send(new CreateBucketCommand({ Bucket: bucket }))
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'pages/index.html', Body: '<script>document.title = "taken over"</script>', ContentType: 'text/html' }))
    await page.goto(resourceHref(`arn:aws:s3:::${bucket}`))
    await page.locator('input[type=file]').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('Xin chào') })
    await expect(page.getByText(t.s3.uploaded.replace('{names}', 'note.txt'))).toBeVisible()
    await page.locator('input[type=file]').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('Xin chào lần nữa') })
    await expect(page.getByText(beginning(t.s3.exists))).toBeVisible()
    expect(await (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'note.txt' }))).Body?.transformToString()).toBe('Xin chào')
    await page.getByRole('button', { name: t.s3.replace, exact: true }).click()
    await page.getByRole('button', { name: 'note.txt', exact: true }).click()
    await page.getByRole('button', { name: t.s3.preview, exact: true }).click()
    await expect(page.getByLabel(t.s3.content.replace('{key}', 'note.txt'))).toHaveText('Xin chào lần nữa')
    await page.getByRole('button', { name: t.s3.makeLink }).click()
    const link = await page.locator('pre', { hasText: 'X-Amz-Signature' }).innerText()
    expect(await (await fetch(link)).text()).toBe('Xin chào lần nữa')
    await expectAccessible()

    await page.getByRole('button', { name: t.s3.deleteOne.replace('{key}', 'note.txt') }).click()
    await expect(page.getByText(t.s3.deleted.replace('{key}', 'note.txt'))).toBeVisible()
    await page.getByRole('button', { name: t.s3.undo, exact: true }).click()
    await expect(page.getByText(t.s3.undone)).toBeVisible()
    expect(await (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'note.txt' }))).Body?.transformToString()).toBe('Xin chào lần nữa')

    await page.getByRole('button', { name: 'pages/' }).click()
    await expect(page.getByRole('button', { name: 'index.html', exact: true })).toBeVisible()
    const served = await page.request.get(`/sandbox/object?bucket=${bucket}&key=pages/index.html`)
    expect(served.headers()['content-type']).toBe('application/octet-stream')
    expect(served.headers()['content-disposition']).toMatch(/^attachment/)
    expect(served.headers()['content-security-policy']).toContain('sandbox')
    expect(served.headers()['x-content-type-options']).toBe('nosniff')
    await expectWithinWidth(page)
  })

  test(`messages go by topic to a queue, are looked at, deleted and purged (${language})`, async ({ page, account, expectAccessible }) => {
    const { sqs, sns } = account.clients
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
    const queue = `arn:aws:sqs:${account.region}:${account.accountId}:orders`
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'news' }))
    const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queue }] }
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify(allow) } }))
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue, Attributes: { FilterPolicy: '{"kind":["order"]}', RawMessageDelivery: 'true' } }))

    await page.goto(resourceHref(TopicArn))
    await expect(page.getByText('"order"')).toBeVisible()
    await page.getByLabel(t.sns.message, { exact: true }).fill('by-topic')
    await page.getByRole('button', { name: t.attributes.add }).click()
    await page.getByLabel(t.attributes.name.replace('{number}', '1')).fill('kind')
    await page.getByLabel(t.attributes.value.replace('{number}', '1')).fill('order')
    await page.getByRole('button', { name: t.sns.publish, exact: true }).click()
    await expect(page.getByText(beginning(t.sns.published))).toBeVisible()
    await expectAccessible()

    await expect.poll(async () => (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }))).Attributes?.ApproximateNumberOfMessages).toBe('1')
    await page.goto(resourceHref(queue))
    await page.getByRole('button', { name: t.sqs.peek, exact: true }).click()
    const messages = page.getByRole('list', { name: t.sqs.messages })
    await expect(messages).toContainText('by-topic')
    await expectAccessible()
    await messages.getByRole('button').click()
    await expect(page.getByText(beginning(t.sqs.deleted))).toBeVisible()
    await page.getByLabel(t.sqs.body, { exact: true }).fill('by-page')
    await page.getByRole('button', { name: t.sqs.send, exact: true }).click()
    await expect(page.getByText(beginning(t.sqs.sent))).toBeVisible()
    await page.getByRole('button', { name: t.sqs.purge, exact: true }).click()
    await expect(page.getByText(t.sqs.purgeConfirm)).toBeVisible()
    await page.getByRole('button', { name: t.sqs.purgeYes, exact: true }).click()
    await expect(page.getByText(t.sqs.purged)).toBeVisible()
    await page.getByRole('button', { name: t.sqs.peek, exact: true }).click()
    await expect(page.getByText(t.sqs.none)).toBeVisible()
    await expectWithinWidth(page)
  })

  test(`a pattern is compared with an event, and a schedule's next run is moved to (${language})`, async ({ page, account, expectAccessible }) => {
    const { events } = account.clients
    const { RuleArn: onOrders = '' } = await events.send(new PutRuleCommand({ Name: 'orders', EventPattern: '{"source":["bookshop.orders"]}' }))
    await page.goto(resourceHref(onOrders))
    await page.getByRole('button', { name: t.events.testButton, exact: true }).click()
    await expect(page.getByText(t.events.matches)).toBeVisible()
    await write(page, t.events.pattern, '{"source":["bookshop.returns"]}')
    await page.getByRole('button', { name: t.events.testButton, exact: true }).click()
    await expect(page.getByText(t.events.noMatch)).toBeVisible()
    await page.getByRole('button', { name: t.events.put, exact: true }).click()
    await expect(page.getByText(beginning(t.events.accepted))).toBeVisible()
    await expectAccessible()

    // Nine in the morning in Vietnam.
    const { RuleArn: daily = '' } = await events.send(new PutRuleCommand({ Name: 'daily', ScheduleExpression: 'cron(0 2 * * ? *)' }))
    await page.goto(resourceHref(daily))
    const runs = page.getByRole('list', { name: t.schedule.next.replace('{zone}', 'Asia/Ho_Chi_Minh') }).getByRole('listitem')
    await expect(runs).toHaveCount(5)
    const first = await runs.first().innerText()
    expect(first).toContain(language === 'vi' ? '09:00' : '9:00')
    await page.getByRole('button', { name: t.schedule.move, exact: true }).click()
    await expect(page.getByText(t.schedule.moveConfirm)).toBeVisible()
    await page.getByRole('button', { name: t.schedule.moveYes, exact: true }).click()
    await expect(page.getByText(beginning(t.schedule.moved))).toBeVisible()
    await expect(runs.first()).not.toHaveText(first)
    await expectAccessible()
    await expectWithinWidth(page)
  })

  test(`what IAM denies is told with what was missing (${language})`, async ({ page, account }) => {
    await makeTable(account, 'books')
    const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'dynamodb:Scan', Resource: '*' }] }
    await account.clients.iam.send(new PutUserPolicyCommand({ UserName: 'learner', PolicyName: 'no-scan', PolicyDocument: JSON.stringify(deny) }))
    await page.goto(resourceHref(`arn:aws:dynamodb:${account.region}:${account.accountId}:table/books`))
    await page.getByRole('button', { name: t.dynamodb.do.scan, exact: true }).click()
    await expect(page.getByText('AccessDeniedException', { exact: true })).toBeVisible()
    await expect(page.getByText(lab[language].aws.denied)).toBeVisible()
  })

  test(`a function is invoked and a table read by the keyboard alone (${language})`, async ({ page, account }) => {
    const arn = await makeFunction(account, 'greet', `export const handler = async () => ({ hello: 'keys' })`)
    await page.goto(resourceHref(arn))
    const tabTo = async (name: string) => {
      const target = page.getByRole('button', { name, exact: true })
      for (let pressed = 0; pressed < 60 && !(await target.evaluate((element) => element === document.activeElement)); pressed++) {
        // Inside an editor, Tab indents; after Esc it leaves.
        await page.keyboard.press('Escape')
        await page.keyboard.press('Tab')
      }
      await expect(target).toBeFocused()
    }
    await expect(page.locator('.cm-content').first()).toBeVisible()
    await tabTo(t.lambda.invoke)
    await page.keyboard.press('Enter')
    await expect(page.getByText(lab[language].invoke.succeeded)).toBeVisible({ timeout: 20_000 })
    await makeTable(account, 'books')
    await page.goto(resourceHref(`arn:aws:dynamodb:${account.region}:${account.accountId}:table/books`))
    await tabTo(t.dynamodb.do.scan)
    await page.keyboard.press('Enter')
    await expect(page.getByText(t.dynamodb.none)).toBeVisible()
  })
}
