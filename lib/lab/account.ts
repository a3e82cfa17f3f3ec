import { DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  UpdateFunctionCodeCommand,
  type CreateFunctionCommandInput,
} from '@aws-sdk/client-lambda'
import type { LabContext, LabFiles } from './define-lab'
import { eventually } from './eventually'
import { LAMBDA_TRUST, roleArn } from './role'
import { zipFiles } from './zip'

/** How long AWS may take until a new role can be assumed or a function is ready. */
const SETTLE_MS = 20_000

/** Makes a role that Lambda can assume, unless it is there. @param inline policy documents by name */
export async function ensureRole(context: LabContext, name: string, { attached = [], inline = {} }: { attached?: string[]; inline?: Record<string, string> }): Promise<void> {
  const { iam } = context.clients
  if (await unlessGone(iam.send(new GetRoleCommand({ RoleName: name })))) return
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: LAMBDA_TRUST }))
  for (const PolicyArn of attached) await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn }))
  for (const [PolicyName, PolicyDocument] of Object.entries(inline)) await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName, PolicyDocument }))
}

/** Makes a function unless it is there, and waits until it can be invoked. */
export async function ensureFunction(context: LabContext, name: string, options: { role: string; files: LabFiles; runtime?: CreateFunctionCommandInput['Runtime']; handler?: string }): Promise<void> {
  const { lambda } = context.clients
  if (await unlessGone(lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })))) return
  const { role, files, runtime = 'nodejs22.x', handler = 'index.handler' } = options
  const command = { FunctionName: name, Runtime: runtime, Role: roleArn(context, role), Handler: handler, Code: { ZipFile: zipFiles(files) } }
  await eventually(
    () =>
      lambda.send(new CreateFunctionCommand(command)).catch((error: Error) => {
        // A role made a moment ago is not known everywhere at once.
        if (error.name === 'InvalidParameterValueException' && /assume/i.test(error.message)) return undefined
        throw error
      }),
    { forMs: SETTLE_MS, signal: context.signal },
  )
  await settled(context, name)
}

/** Puts other code into a function and waits until it is in force. */
export async function updateCode(context: LabContext, name: string, files: LabFiles): Promise<void> {
  await context.clients.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile: zipFiles(files) }))
  await settled(context, name)
}

/** Waits until a function is active and no update is under way. */
export async function settled(context: LabContext, name: string): Promise<void> {
  await eventually(
    async () => {
      const { State, LastUpdateStatus } = await context.clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))
      return State !== 'Pending' && LastUpdateStatus !== 'InProgress' ? true : undefined
    },
    { forMs: SETTLE_MS, signal: context.signal },
  )
}

/** What a lab makes, by name: enough to delete it and to say what is left of it. */
export interface Belongings {
  functions: readonly string[]
  roles: readonly string[]
}

/** Deletes functions with their logs, and roles with their policies. What is not there is not missed. */
export async function deleteAll(context: LabContext, { functions, roles }: Belongings): Promise<void> {
  const { iam, lambda, logs } = context.clients
  for (const name of functions) await unlessGone(lambda.send(new DeleteFunctionCommand({ FunctionName: name })))
  // After the functions, so that none of them writes its log anew.
  for (const name of functions) await unlessGone(logs.send(new DeleteLogGroupCommand({ logGroupName: logGroup(name) })))
  for (const name of roles) {
    const role = await unlessGone(iam.send(new GetRoleCommand({ RoleName: name })))
    if (!role) continue
    const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name }))
    for (const { PolicyArn } of AttachedPolicies) await unlessGone(iam.send(new DetachRolePolicyCommand({ RoleName: name, PolicyArn })))
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: name }))
    for (const PolicyName of PolicyNames) await unlessGone(iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName })))
    if (role.Role?.PermissionsBoundary) await unlessGone(iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: name })))
    await unlessGone(iam.send(new DeleteRoleCommand({ RoleName: name })))
  }
}

/** What of these is still in the account, as `type/name`. */
export async function inventoryOf(context: LabContext, { functions, roles }: Belongings): Promise<string[]> {
  const { iam, lambda, logs } = context.clients
  const found = await Promise.all([
    ...functions.map(async (name) => ((await unlessGone(lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })))) ? [`function/${name}`] : [])),
    ...roles.map(async (name) => ((await unlessGone(iam.send(new GetRoleCommand({ RoleName: name })))) ? [`role/${name}`] : [])),
    ...functions.map(async (name) => {
      const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroup(name) }))
      return logGroups.some(({ logGroupName }) => logGroupName === logGroup(name)) ? [`log-group/${logGroup(name)}`] : []
    }),
  ])
  return found.flat()
}

/** Where Lambda writes a function's log. */
export function logGroup(functionName: string): string {
  return `/aws/lambda/${functionName}`
}

/** The answer, or undefined where AWS says that the thing is not there. */
export async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (/^(ResourceNotFoundException|NoSuchEntity|NoSuchEntityException)$/.test((error as Error).name)) return undefined
    throw error
  }
}
