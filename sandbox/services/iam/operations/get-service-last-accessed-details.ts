import { GetServiceLastAccessedDetails$, type GetServiceLastAccessedDetailsRequest, type GetServiceLastAccessedDetailsResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { requireReport, shownReport, shownService } from '../access-reports'
import { page } from '../page'

/** A report of GenerateServiceLastAccessedDetails, service by service. */
export const getServiceLastAccessedDetails = operation<GetServiceLastAccessedDetailsRequest, GetServiceLastAccessedDetailsResponse>(GetServiceLastAccessedDetails$, {
  resource: () => '*',
  async run(call) {
    const report = await requireReport(call, call.input.JobId!)
    const { items, ...paging } = page(report.services, ({ namespace }) => namespace, call.input)
    return { ...shownReport(report), JobType: report.granularity, ServicesLastAccessed: items.map((service) => shownService(service, report.granularity)), ...paging }
  },
})
