import { CreateRoleCommand, DeleteRoleCommand, DeleteRolePolicyCommand, GetRoleCommand, ListRolesCommand, PutRolePolicyCommand, UpdateRoleCommand } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, DeleteFunctionCommand, GetFunctionCommand, ListFunctionsCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { CreateLogGroupCommand, CreateLogStreamCommand, FilterLogEventsCommand, GetLogEventsCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { cellsOf, compete } from './compete'
import type { Clients, Running } from './contenders'
import { functionInput, makeRole, roleInput } from './function'
import { echoServer, median, timed } from './measure'
import type { Row } from './table'

const RUNS = 80
const WARM_UP = 20
/** So many roles and functions are not deleted, to be listed. */
const SPARED = 10
const LOG_EVENTS = 100
const LOG = { logGroupName: '/bench', logStreamName: 'bench' }
const POLICY = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] })

type Use = Clients & { role: string }

/** Each kind of operation in an order in which it finds what it needs; those that list find the few that were spared. */
const KINDS: [what: string, call: (use: Use, run: number) => Promise<unknown>][] = [
  ['CreateRole', ({ iam }, run) => iam.send(new CreateRoleCommand(roleInput(`bench-${run}`)))],
  ['GetRole', ({ iam }, run) => iam.send(new GetRoleCommand({ RoleName: `bench-${run}` }))],
  ['UpdateRole', ({ iam }, run) => iam.send(new UpdateRoleCommand({ RoleName: `bench-${run}`, Description: 'changed' }))],
  ['PutRolePolicy', ({ iam }, run) => iam.send(new PutRolePolicyCommand({ RoleName: `bench-${run}`, PolicyName: 'read', PolicyDocument: POLICY }))],
  ['DeleteRolePolicy', ({ iam }, run) => iam.send(new DeleteRolePolicyCommand({ RoleName: `bench-${run}`, PolicyName: 'read' }))],
  ['DeleteRole', ({ iam }, run) => iam.send(new DeleteRoleCommand({ RoleName: `bench-${run}` }))],
  ['ListRoles, some 10', ({ iam }) => iam.send(new ListRolesCommand({}))],
  ['CreateFunction', ({ lambda, role }, run) => lambda.send(new CreateFunctionCommand(functionInput(`bench-${run}`, role)))],
  ['GetFunction', ({ lambda }, run) => lambda.send(new GetFunctionCommand({ FunctionName: `bench-${run}` }))],
  ['UpdateFunctionConfiguration', ({ lambda }, run) => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: `bench-${run}`, Description: 'changed' }))],
  ['DeleteFunction', ({ lambda }, run) => lambda.send(new DeleteFunctionCommand({ FunctionName: `bench-${run}` }))],
  ['ListFunctions, 10', ({ lambda }) => lambda.send(new ListFunctionsCommand({}))],
  ['GetLogEvents, 100 events', ({ logs }) => logs.send(new GetLogEventsCommand({ ...LOG, startFromHead: true }))],
  ['FilterLogEvents, 100 events', ({ logs }) => logs.send(new FilterLogEventsCommand({ logGroupName: LOG.logGroupName, filterPattern: 'event' }))],
]

/** The p50 of every kind of control-plane operation. */
export async function benchControlPlane(running: Running[]): Promise<Row[]> {
  const users = await Promise.all(
    running.map(async (cloud) => {
      const clients = await cloud.newAccount()
      await writeLog(clients)
      return { name: cloud.name, ...clients, role: await makeRole(clients) }
    }),
  )
  const echo = await echoServer()
  const rows: Row[] = []
  for (const [what, call] of KINDS) {
    const outcome = await compete(users, { runs: what.startsWith('Delete') ? RUNS - SPARED : RUNS, warmUp: WARM_UP }, () => timed(echo.call), (user, run) => timed(() => call(user, run)))
    rows.push({ what: `${what}, p50`, unit: 'ms', ...cellsOf(outcome, median, 'bare HTTP echo'), aim: '< 3 ms' })
  }
  echo.close()
  return rows
}

async function writeLog({ logs }: Clients): Promise<void> {
  await logs.send(new CreateLogGroupCommand({ logGroupName: LOG.logGroupName }))
  await logs.send(new CreateLogStreamCommand(LOG))
  const timestamp = Date.now()
  await logs.send(new PutLogEventsCommand({ ...LOG, logEvents: Array.from({ length: LOG_EVENTS }, (_, i) => ({ timestamp, message: `event ${i}` })) }))
}
