import { GenerateServiceLastAccessedDetails$, type GenerateServiceLastAccessedDetailsRequest, type GenerateServiceLastAccessedDetailsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { randomUUID } from 'node:crypto'
import { accessedServices, isOver } from '../access-reports'
import { accessReports, type AccessReport } from '../records'
import { tagsOfArn } from '../simulated-principal'

/** Makes a report of the services that a user, group, role or policy opens, and when each was last called, by the audit trail. It is there at once. */
export const generateServiceLastAccessedDetails = operation<GenerateServiceLastAccessedDetailsRequest, GenerateServiceLastAccessedDetailsResponse>(GenerateServiceLastAccessedDetails$, {
  resource: ({ input }) => input.Arn!,
  context: (call) => tagsOfArn(call, call.input.Arn!),
  async run(call) {
    const { sandbox, account, input } = call
    const report: AccessReport = { jobId: randomUUID(), at: new Date(sandbox.now()).toISOString(), granularity: input.Granularity ?? 'SERVICE_LEVEL', services: await accessedServices(call, input.Arn!) }
    const old = (await sandbox.store.list(accessReports, account)).filter(({ value }) => isOver(value, sandbox.now()))
    await sandbox.store.batch([...old.map(({ key }) => ({ collection: accessReports, scope: account, key })), { collection: accessReports, scope: account, key: report.jobId, value: report }])
    return { JobId: report.jobId }
  },
})
