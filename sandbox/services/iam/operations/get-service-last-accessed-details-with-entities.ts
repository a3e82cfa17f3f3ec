import { GetServiceLastAccessedDetailsWithEntities$, type GetServiceLastAccessedDetailsWithEntitiesRequest, type GetServiceLastAccessedDetailsWithEntitiesResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { requireReport, shownEntity, shownReport } from '../access-reports'
import { invalidInput } from '../entities'
import { page } from '../page'

/** Who called one service of such a report, and when last. */
export const getServiceLastAccessedDetailsWithEntities = operation<GetServiceLastAccessedDetailsWithEntitiesRequest, GetServiceLastAccessedDetailsWithEntitiesResponse>(GetServiceLastAccessedDetailsWithEntities$, {
  resource: () => '*',
  async run(call) {
    const { JobId, ServiceNamespace } = call.input
    const report = await requireReport(call, JobId!)
    const service = report.services.find(({ namespace }) => namespace === ServiceNamespace)
    if (!service) throw invalidInput(`The service namespace ${ServiceNamespace} is not in the report.`)
    const details = await Promise.all(service.entities.map((entity) => shownEntity(call, entity)))
    const known = details.filter((one) => one !== undefined).sort((a, b) => (a.EntityInfo.Arn < b.EntityInfo.Arn ? -1 : 1))
    const { items, ...paging } = page(known, ({ EntityInfo }) => EntityInfo.Arn, call.input)
    return { ...shownReport(report), EntityDetailsList: items, ...paging }
  },
})
