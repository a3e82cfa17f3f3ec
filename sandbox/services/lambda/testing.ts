import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import { CreateFunctionCommand, LambdaClient, type CreateFunctionRequest } from '@aws-sdk/client-lambda'
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { strToU8, zipSync } from 'fflate'
import type { ClientConfig } from '../../testing'

/** A zip of text files. */
export function zipOf(files: Record<string, string>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
}

/** A zip whose handler is this JavaScript expression. */
export function handlerZip(handler: string): Uint8Array {
  return zipOf({ 'index.js': `exports.handler = ${handler}` })
}

/** A handler that gives back what it was given. */
export const ECHO = handlerZip('async (event) => event')

/** A trust policy for one service. */
export function trust(service: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] })
}

/** Makes a role that Lambda can assume, with the managed policies of these names. Gives its ARN. */
export async function makeRole(config: ClientConfig, name: string, policies: string[] = [], service = 'lambda.amazonaws.com'): Promise<string> {
  const iam = new IAMClient(config)
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust(service) }))
  for (const policy of policies) await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: `arn:aws:iam::aws:policy/${policy}` }))
  return Role!.Arn!
}

/** Makes functions of one role, sensible where nothing else is said. */
export function functionMaker(lambda: LambdaClient, role: string) {
  return (FunctionName: string, more: Partial<CreateFunctionRequest> & { zip?: Uint8Array } = {}) => {
    const { zip = ECHO, ...input } = more
    return lambda.send(new CreateFunctionCommand({ FunctionName, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: role, Code: { ZipFile: zip }, ...input }))
  }
}

/** Asks until it is so; fails after ten seconds. */
export async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const until = Date.now() + 10_000
  for (;;) {
    const found = await ask()
    if (found !== undefined) return found
    if (Date.now() > until) throw new Error('It did not come about within ten seconds.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The sum of a function's metric within an hour. */
export async function counted(config: ClientConfig, FunctionName: string, MetricName: string): Promise<number> {
  const hour = 3_600_000
  const range = { StartTime: new Date(Date.now() - hour), EndTime: new Date(Date.now() + hour), Period: 3600 }
  const { Datapoints } = await new CloudWatchClient(config).send(new GetMetricStatisticsCommand({ Namespace: 'AWS/Lambda', MetricName, Dimensions: [{ Name: 'FunctionName', Value: FunctionName }], ...range, Statistics: ['Sum'] }))
  return Datapoints!.reduce((all, { Sum }) => all + Sum!, 0)
}
