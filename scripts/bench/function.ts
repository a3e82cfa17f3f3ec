import { AttachRolePolicyCommand, CreateRoleCommand, GetRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import type { Clients } from './contenders'

/** Counts its runs, so that its answer tells a cold start from a warm one; stays until `until` (epoch ms) where the event names it. */
const HANDLER = `
let runs = 0
export const handler = async ({ until } = {}) => {
  const startedAt = Date.now()
  if (until) await new Promise((resolve) => setTimeout(resolve, until - startedAt))
  // API Gateway takes these two fields and no others.
  return { statusCode: 200, body: JSON.stringify({ runs: ++runs, startedAt }) }
}
`

/** What the function answers: which of its environment's runs this was, and when it began (epoch ms). @throws where it is no such answer */
export function answerOf(payload: Uint8Array | undefined): { runs: number; startedAt: number } {
  const { body } = JSON.parse(Buffer.from(payload ?? '').toString('utf8')) as { body?: string }
  if (body === undefined) throw new Error('does not run the handler')
  return JSON.parse(body) as { runs: number; startedAt: number }
}

/** The zip of the function that is measured. */
export const code = zipSync({ 'index.mjs': strToU8(HANDLER) })

const TRUST = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] })

/** Input of CreateRole for a role that Lambda may take. */
export function roleInput(RoleName: string) {
  return { RoleName, AssumeRolePolicyDocument: TRUST }
}

/** Input of CreateFunction for the function that is measured. */
export function functionInput(FunctionName: string, Role: string) {
  return { FunctionName, Role, Runtime: 'nodejs20.x' as const, Handler: 'index.handler', Code: { ZipFile: code }, Timeout: 60 }
}

/** Makes the execution role that functions need, one that may write logs. @returns its ARN */
export async function makeRole({ iam }: Clients): Promise<string> {
  const { Role } = await iam.send(new CreateRoleCommand(roleInput('bench-lambda'))).catch((error: Error) => {
    // An account that several measurements share has it already.
    if (error.name !== 'EntityAlreadyExistsException') throw error
    return iam.send(new GetRoleCommand({ RoleName: 'bench-lambda' }))
  })
  // moto knows AWS's own policies only where it is told to load them all.
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'bench-lambda', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' })).catch(() => undefined)
  return Role!.Arn!
}

/** Lets the role of {@link makeRole} do something more. */
export async function allowAll({ iam }: Clients, action: string): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })
  await iam.send(new PutRolePolicyCommand({ RoleName: 'bench-lambda', PolicyName: 'more', PolicyDocument }))
}

/** Makes the function `bench` and waits until it can be invoked. @returns its ARN */
export async function makeFunction(clients: Clients): Promise<string> {
  const { FunctionArn } = await clients.lambda.send(new CreateFunctionCommand(functionInput('bench', await makeRole(clients))))
  await waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { FunctionName: 'bench' })
  return FunctionArn!
}
