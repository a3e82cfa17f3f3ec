import type { Page } from '@playwright/test'
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { createClients, type CloudClients } from '@/lib/cloud/clients'
import { LAMBDA_TRUST } from '@/lib/lab/role'
import { zipFiles } from '@/lib/lab/zip'
import en from '@/messages/en/sandbox.json' with { type: 'json' }
import vi from '@/messages/vi/sandbox.json' with { type: 'json' }
import { expect } from './fixtures'

/** The account of a learner, worked on by the learner's own tools. */
export interface OwnAccount {
  accountId: string
  endpoint: string
  region: string
  clients: CloudClients
}

/** Opens the account of the learner who is signed in where there is none yet, and gives SDK clients with the keys that its page shows. */
export async function openAccount(page: Page, language: 'vi' | 'en'): Promise<OwnAccount> {
  const t = { vi, en }[language]
  await page.goto('/sandbox/tools')
  const open = page.getByRole('button', { name: t.none.button })
  const lines = page.locator('pre', { hasText: 'export AWS_ENDPOINT_URL' })
  await open.or(lines).first().waitFor()
  if (await open.isVisible()) await open.click()
  await page.getByRole('button', { name: t.cli.show }).click()
  const accountId = (await page.getByText(/^\d{12}$/).innerText()).trim()
  await expect(lines).not.toContainText('••••')
  const text = await lines.innerText()
  const value = (name: string) => new RegExp(`${name}='?([^'\\s]+)`).exec(text)![1]!
  const [endpoint, region] = [value('AWS_ENDPOINT_URL'), value('AWS_DEFAULT_REGION')]
  const credentials = { accessKeyId: value('AWS_ACCESS_KEY_ID'), secretAccessKey: value('AWS_SECRET_ACCESS_KEY') }
  return { accountId, endpoint, region, clients: createClients({ endpoint, region, credentials, appId: 'tests' }) }
}

/** Makes a function that may write its log, and waits until it can be invoked. Gives its ARN. */
export async function makeFunction({ accountId, clients }: OwnAccount, name: string, code: string): Promise<string> {
  const role = `${name}-role`
  await clients.iam.send(new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: LAMBDA_TRUST }))
  const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' }] }
  await clients.iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: 'log', PolicyDocument: JSON.stringify(allow) }))
  const { FunctionArn = '' } = await clients.lambda.send(
    new CreateFunctionCommand({ FunctionName: name, Runtime: 'nodejs22.x', Role: `arn:aws:iam::${accountId}:role/${role}`, Handler: 'index.handler', Code: { ZipFile: zipFiles({ 'index.mjs': code }) } }),
  )
  await expect.poll(async () => (await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))).State).toBe('Active')
  return FunctionArn
}
