import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  ListTagsForResourceCommand,
  SchedulerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler'
import { afterAll, beforeAll, describe } from 'vitest'
import { itAnswersTheDocumentedErrors, type Provoke } from '../../documented-errors-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import { makeRole } from '../lambda/testing'
import documented from './documented-errors.json' with { type: 'json' }
import { scheduler as service } from './index'

let sandbox: TestSandbox
let client: SchedulerClient
let role: string
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new SchedulerClient(sandbox.learner)
  role = await makeRole(sandbox.learner, 'scheduler', [], 'scheduler.amazonaws.com')
})
afterAll(() => sandbox.remove())

const schedule = (Name: string, more: object = {}) => ({
  Name,
  ScheduleExpression: 'rate(1 day)',
  State: 'DISABLED' as const,
  FlexibleTimeWindow: { Mode: 'OFF' as const },
  Target: { Arn: `arn:aws:sqs:us-east-1:${sandbox.accountId}:calls`, RoleArn: role },
  ...more,
})
const groupArn = (name: string) => `arn:aws:scheduler:us-east-1:${sandbox.accountId}:schedule-group/${name}`
const tags = [{ Key: 'team', Value: 'shop' }]

/** The calls of each operation with a name that is none, and with one that nothing has. */
const calls: Record<string, (name: string) => Promise<unknown>> = {
  CreateSchedule: (name) => client.send(new CreateScheduleCommand(schedule('new', { GroupName: name }))),
  CreateScheduleGroup: (Name) => client.send(new CreateScheduleGroupCommand({ Name })),
  DeleteSchedule: (Name) => client.send(new DeleteScheduleCommand({ Name })),
  DeleteScheduleGroup: (Name) => client.send(new DeleteScheduleGroupCommand({ Name })),
  GetSchedule: (Name) => client.send(new GetScheduleCommand({ Name })),
  GetScheduleGroup: (Name) => client.send(new GetScheduleGroupCommand({ Name })),
  ListScheduleGroups: (NamePrefix) => client.send(new ListScheduleGroupsCommand({ NamePrefix })),
  ListSchedules: (GroupName) => client.send(new ListSchedulesCommand({ GroupName })),
  ListTagsForResource: (name) => client.send(new ListTagsForResourceCommand({ ResourceArn: groupArn(name) })),
  TagResource: (name) => client.send(new TagResourceCommand({ ResourceArn: groupArn(name), Tags: tags })),
  UntagResource: (name) => client.send(new UntagResourceCommand({ ResourceArn: groupArn(name), TagKeys: ['team'] })),
  UpdateSchedule: (name) => client.send(new UpdateScheduleCommand(schedule(name))),
}

const provoked: Record<string, Provoke> = {
  'CreateSchedule ConflictException': async () => {
    await client.send(new CreateScheduleCommand(schedule('twice')))
    return client.send(new CreateScheduleCommand(schedule('twice')))
  },
  'CreateScheduleGroup ConflictException': () => client.send(new CreateScheduleGroupCommand({ Name: 'default' })),
  'CreateScheduleGroup ServiceQuotaExceededException': async () => {
    for (let i = 0; i < 499; i += 25) await Promise.all(Array.from({ length: Math.min(25, 499 - i) }, (_, j) => client.send(new CreateScheduleGroupCommand({ Name: `group-${i + j}` }))))
    return client.send(new CreateScheduleGroupCommand({ Name: 'one-too-many' }))
  },
}
for (const [operation, call] of Object.entries(calls)) {
  const errors = documented[operation as keyof typeof documented]
  if (errors.includes('ValidationException')) provoked[`${operation} ValidationException`] = () => call('no name!')
  if (errors.includes('ResourceNotFoundException')) provoked[`${operation} ResourceNotFoundException`] = () => call('nothing')
}

describe('EventBridge Scheduler', () => {
  itAnswersTheDocumentedErrors({
    service,
    documented,
    provoked,
    never: {
      InternalServerException: "AWS's own failure: here only a defect of the sandbox would show it",
      ThrottlingException: 'the sandbox does not limit the rate of control-plane calls',
      'CreateSchedule ServiceQuotaExceededException': 'the quota is a million schedules an account',
      'DeleteSchedule ConflictException': 'tells of a change under way at once on AWS; here changes wait for one another',
      'DeleteScheduleGroup ConflictException': 'tells of a change under way at once on AWS; here changes wait for one another',
      'UpdateSchedule ConflictException': 'tells of a change under way at once on AWS; here changes wait for one another',
      'TagResource ConflictException': 'tells of a change under way at once on AWS; here changes wait for one another',
      'UntagResource ConflictException': 'tells of a change under way at once on AWS; here changes wait for one another',
    },
  })
})
